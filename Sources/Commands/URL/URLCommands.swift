import Interpreter
import Net

let urlParse = Command(
  "url parse",
  "Takes a URL apart: one of http, https, ws or wss as browsers read it (WHATWG), any other by RFC 3986.",
  Parameter<String>.input("the URL, or a reference with --base", named: "url"),
  Parameter<String?>.option("base", "the URL at which a relative reference is found"),
  Parameter<Bool>.flag("rfc3986", "by RFC 3986 whatever the scheme"), gives: .record,
  examples: [
    Example(#"url parse 'http:\\0x7f.1\a\..\b c?x=1' | get url"#, "http://127.0.0.1/b%20c?x=1"),
    Example(
      "url parse https://user:pw@example.test:8443/a?x=1&x=2#top | select username host port",
      "username\tuser\nhost\texample.test\nport\t8443"),
    Example("(url parse 'https://bücher.test/?q=a+b').parameters", "q\ta b"),
    Example("(url parse mailto:a@example.test).path", "a@example.test"),
  ]
) { _, text, base, isStrict in .record(try URLParts(text, base: base, isStrict: isStrict).record) }

let urlJoin = Command(
  "url join", "Gives the URL that a reference means where it is found, such as a link on a page or a Location.",
  Parameter<String>.input("the URL where it is found", named: "base"),
  Parameter<String>.required("reference", "what is found there"),
  Parameter<Bool>.flag("rfc3986", "by RFC 3986, section 5, whatever the scheme"), gives: .url,
  examples: [
    Example("url join http://a/b/c/d?q ../g", "http://a/b/g"), Example("url join http://a/b '//c/d'", "http://c/d"),
    Example("url join ldap://a/b/c '../d'", "ldap://a/d"),
  ]
) { _, base, reference, isStrict in try URLParts(reference, base: base, isStrict: isStrict).value }

let urlEncode = Command(
  "url encode", "Encodes text as %XX for a place in a URL, by the sets of the WHATWG.",
  Parameter<[UInt8]>.input("text or bytes", named: "text"),
  Parameter<String>.option(
    "for", "component, form, path, query, special-query, userinfo or fragment", default: "component", shown: "component"
  ),
  gives: .string,
  examples: [
    Example("url encode 'a b&c=ü'", "a%20b%26c%3D%C3%BC"), Example("url encode 'a b' --for form", "a+b"),
    Example("url encode '/a b?' --for path", "/a%20b%3F"),
  ]
) { _, bytes, name in
  guard let set = PercentEncodeSet(rawValue: name) else {
    let names = PercentEncodeSet.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValueError("bad-argument", "--for is one of \(names), and not “\(name)”", layer: .command)
  }
  return .string(try bytes.inSlices { set.encode($0) })
}

let urlDecode = Command(
  "url decode", "Reads %XX as browsers do: a % before anything else is itself.",
  Parameter<[UInt8]>.input("the text", named: "text"), Parameter<Bool>.flag("form", "read + as a space"),
  Parameter<Bool>.flag("bytes", "give bytes, which need not be UTF-8"), gives: .string,
  examples: [
    Example("url decode 'a%20b+%C3%BC%'", "a b+ü%"), Example("url decode --form a+b", "a b"),
    Example("url decode %ff --bytes | to hex", "ff"),
  ]
) { _, text, isForm, wantsBytes in
  let decoded = PercentEncodeSet.decode(text, isForm: isForm)
  return wantsBytes ? .bytes(decoded) : .string(try Encodings.utf8(decoded))
}

let urlQuery = Command(
  "url query", "Makes a query of a record, or a record of a query or of a URL's; names that repeat have lists.",
  Parameter<Value>.input("a record, or a query, or a URL", named: "query"),
  Parameter<Bool>.flag("table", "give name and value of each pair, in their order"), gives: .any,
  examples: [
    Example("url query {q: 'a b', page: [1 2]}", "q=a+b&page=1&page=2"),
    Example("url query 'q=a+b&page=1' | get q", "a b"),
    Example("url query http://h/?a=1&b=2&a=3 | get a", "1\n3"),
    Example("url query 'b=1&a=2' --table", "name\tvalue\nb\t1\na\t2"),
  ]
) { _, input, wantsTable in
  if case .record(let record) = input { return .string(FormPairs.encode(try URLPairs.read(record))) }
  let text = try String.convert(input)
  let isURL = text.contains("://")
  let query =
    isURL
    ? text.split(separator: "#", maxSplits: 1).first?.split(separator: "?", maxSplits: 1).dropFirst().first.map(
      String.init) : text
  let trimmed = query.map { $0.hasPrefix("?") ? String($0.dropFirst()) : $0 }
  guard wantsTable else { return URLParts.parameters(trimmed) }
  return .list(
    FormPairs.decode(trimmed ?? "").map { .record(Record(["name": .string($0.name), "value": .string($0.value)])) })
}
