import Interpreter
import Net

let urlBuild = Command(
  "url build",
  "Puts a URL together from its parts, each encoded for its place: scheme, username, password, host, port, path or segments, query or parameters, fragment.",
  Parameter<Record>.input("the parts, as `url parse` gives them", named: "parts"), gives: .url,
  examples: [
    Example(
      "url build {scheme: https, host: example.test, path: '/a b', query: {q: 'x y'}}",
      "https://example.test/a%20b?q=x+y"),
    Example("url build {scheme: http, host: '::1', port: 8080, segments: ['a/b' c]}", "http://[::1]:8080/a%2Fb/c"),
    Example("url parse http://u:p@h/a | update port 81 | url build", "http://u:p@h:81/a"),
  ]
) { _, record in
  let parts = URLAssembly(record)
  let found = try URLParts(parts.text())
  try parts.check(found)
  return found.value
}

/// A URL being put together from the parts of a record.
private struct URLAssembly {
  let record: Record

  init(_ record: Record) { self.record = record }

  /// A part as text; nil where it is missing or null.
  private func part(_ name: String) throws -> String? {
    guard let value = record[name], !value.isNull else { return nil }
    guard let text = value.scalarText else {
      throw ValueError("wrong-type", "`\(name)` is \(value.described), and text is wanted", layer: .value)
    }
    return text
  }

  func text() throws -> String {
    guard let scheme = try part("scheme") else {
      throw ValueError("missing-field", "a URL has a scheme", layer: .value)
    }
    var text = scheme + ":"
    let host = try part("host")
    if let host {
      text += "//" + (try credentials())
      text += host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
      if let port = try part("port") { text += ":\(port)" }
    }
    var path = try self.path()
    // RFC 3986 §3.3: behind an authority a path begins with a slash.
    if host != nil, !path.isEmpty, !path.hasPrefix("/") { path = "/" + path }
    text += path
    if let query = try query() { text += "?" + query }
    if let fragment = try part("fragment") { text += "#" + PercentEncodeSet.fragment.encode(fragment) }
    return text
  }

  private func credentials() throws -> String {
    let (username, password) = (try part("username"), try part("password"))
    guard username != nil || password != nil else { return "" }
    // What is not encoded here would be read as such: `%` as well.
    let encode = { (text: String) in PercentEncodeSet.component.encode(text) }
    return encode(username ?? "") + (password.map { ":" + encode($0) } ?? "") + "@"
  }

  /// The path as it is written, or its segments, of which each may hold anything.
  private func path() throws -> String {
    if let path = try part("path") { return PercentEncodeSet.path.encode(path) }
    guard let value = record["segments"], !value.isNull else { return "" }
    guard case .list(let segments) = value else {
      throw ValueError("wrong-type", "`segments` is \(value.described), and a list is wanted", layer: .value)
    }
    return try segments.items.map { item in
      guard let text = item.scalarText else {
        throw ValueError("wrong-type", "a segment is \(item.described), and text is wanted", layer: .value)
      }
      return "/" + PercentEncodeSet.component.encode(text)
    }.joined()
  }

  private func query() throws -> String? {
    guard let value = record["query"] ?? record["parameters"], !value.isNull else { return nil }
    if case .record(let pairs) = value { return FormPairs.encode(try URLPairs.read(pairs)) }
    return PercentEncodeSet.query.encode(try part("query") ?? "")
  }

  /// Refuses parts that were read as others than they were given, such as a host with a slash.
  func check(_ found: URLParts) throws {
    let again = found.record
    if let port = try part("port"), let read = again["port"]?.scalarText, read != port {
      throw ValueError("bad-argument", "the port “\(port)” is not a number from 0 to 65535", layer: .value)
    }
    guard let host = try part("host") else { return }
    let special = Set("/\\?#@".unicodeScalars)
    guard !host.unicodeScalars.contains(where: special.contains), !host.isEmpty else {
      throw ValueError("bad-argument", "“\(host)” is not a host", layer: .value)
    }
    if record["path"].map(\.isNull) ?? true, case .list(let segments)? = record["segments"] {
      guard !segments.items.contains(where: { [".", ".."].contains($0.scalarText ?? "") }) else {
        throw ValueError("bad-argument", "a segment `.` or `..` is none: it leads elsewhere", layer: .value)
      }
    }
  }
}

/// Names and values of a query as a record has them.
enum URLPairs {
  /// Gives the pairs of a record in their order: a list stands for a name that comes more than once, null for one that does not come.
  static func read(_ record: Record) throws -> [(name: String, value: String)] {
    var pairs: [(name: String, value: String)] = []
    for (name, value) in record.pairs where !value.isNull {
      let values = if case .list(let several) = value { several.items } else { [value] }
      for value in values {
        guard let text = value.scalarText else {
          throw ValueError(
            "wrong-type", "the value of `\(name)` is \(value.described), and text is wanted", layer: .value)
        }
        pairs.append((name, text))
      }
    }
    return pairs
  }
}
