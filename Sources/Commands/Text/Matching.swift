import Interpreter
import Net

let match = Command(
  "match",
  "Searches a text with a regex: named groups give a record, else the match and its groups a list; null if there is none.",
  Parameter<Value>.input("text, bytes, or a list or stream of texts"),
  Parameter<Regex>.required("pattern", "a regex, or a text that is taken as one"),
  Parameter<Bool>.flag("all", "all matches, as a list"), gives: .any,
  examples: [
    Example(#"'port=80' | match re'(?<name>\w+)=(?<value>\d+)'"#, "name\tport\nvalue\t80"),
    Example(#"match '220 ready' re'^(\d)(\d\d)' | get 1"#, "2"),
    Example(#"'10.0.0.1 and 10.0.0.2' | match re'10\S+' --all | flatten"#, "10.0.0.1\n10.0.0.2"),
    Example("'abc' | match re'x' | type", "null"),
  ]
) { machine, input, regex, wantsAll in
  try Texts.subjects(input, machine) { value in
    let subject = try Subject(value)
    var found: [Value] = []
    try Pattern.regex(regex).forEachMatch(in: subject.bytes, isText: subject.isText) { _, match in
      if let match { found.append(groups(of: match, regex, subject)) }
      try machine.checkpoint()
      return wantsAll
    }
    return wantsAll ? .list(found) : found.first ?? .null
  }
}

/// Gives the named groups as a record, or the whole match and all groups; a group that took no part is null.
private func groups(of match: Regex.Match, _ regex: Regex, _ subject: Subject) -> Value {
  guard regex.names.isEmpty else {
    // Of a name that two groups have, the one that took part counts.
    return .record(
      regex.names.reduce(Record.empty) { record, name in
        let range = name.number < match.groups.count ? match.groups[name.number] : nil
        guard range != nil || record[name.name] == nil else { return record }
        return record.setting(name.name, to: range.map { subject.part($0) } ?? .null)
      })
  }
  return .list(match.groups.map { $0.map { subject.part($0) } ?? .null })
}

let replace = Command(
  "replace", "Replaces the first place where a text or regex is found, or all of them.",
  Parameter<Value>.input("text, bytes, or a list or stream of texts"),
  Parameter<Pattern>.required("old", "a text, or a regex"),
  Parameter<Value>.required(
    "new", "a text, in which $1, ${name} and $0 stand for a regex's groups and $$ for $; or a function of the match"),
  Parameter<Bool>.flag("all", "all places"), gives: .string,
  examples: [
    Example("'a-b-c' | replace - +", "a+b-c"), Example("'a-b-c' | replace - '' --all", "abc"),
    Example(#"'web:80' | replace re'(\w+):(\d+)' '$2 of $1'"#, "80 of web"),
    Example(#"'1 2 3' | replace re'\d' {|m| ($m | get 0 | len) + 8} --all"#, "9 9 9"),
  ]
) { machine, input, old, new, wantsAll in
  let template: Template? = if case .function = new { nil } else { try Template(bytes(of: new), for: old) }
  return try Texts.subjects(input, machine) { value in
    let subject = try Subject(value)
    if let template, case .literal(let part) = old, !part.isEmpty {
      return subject.value(try Replacing.literal(part, by: template.plain, in: subject.bytes, all: wantsAll))
    }
    var made: [UInt8] = []
    var start = 0
    try old.forEachMatch(in: subject.bytes, isText: subject.isText) { found, match in
      made.append(contentsOf: subject.bytes[start..<found.lowerBound])
      start = found.upperBound
      if let template {
        template.append(match, of: subject.bytes, to: &made)
      } else if case .function(let function) = new {
        var argument = subject.part(found)
        if let match, case .regex(let regex) = old { argument = groups(of: match, regex, subject) }
        made.append(
          contentsOf: try [UInt8].convert(TypeName.bytes.convert(text(machine.call(function, with: argument)))))
      }
      guard made.count <= collectLimit else { throw ValueError("too-large", "the result would have over 1 GiB") }
      try machine.checkpoint()
      return wantsAll
    }
    made.append(contentsOf: subject.bytes[start...])
    return subject.value(made)
  }
}

/// Gives bytes as they are, and the text of any other value: `replace o 0`.
private func bytes(of new: Value) throws -> [UInt8] {
  if case .bytes(let bytes) = new { return bytes }
  return Array(try String.convert(new).utf8)
}

/// Gives the text of what a function made; bytes stay bytes.
private func text(_ value: Value) throws -> Value {
  if case .bytes = value { return value }
  return .string(try String.convert(value))
}

/// What stands in the place of a match: bytes and groups.
private struct Template {
  private enum Part {
    case bytes([UInt8])
    case group(Int)
  }
  private var parts: [Part] = []

  /// The bytes of a template that has no groups.
  var plain: [UInt8] { if case .bytes(let bytes)? = parts.first { bytes } else { [] } }

  /// template = *( "$$" / "$" 1*DIGIT / "${" name-or-number "}" / any ) ; for a literal all of it is itself
  init(_ text: [UInt8], for pattern: Pattern) throws {
    guard case .regex(let regex) = pattern else {
      parts = [.bytes(text)]
      return
    }
    var plain: [UInt8] = []
    var rest = text[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "$"), let next = rest.first else {
        plain.append(byte)
        continue
      }
      if next == byte {
        plain.append(byte)
        rest.removeFirst()
        continue
      }
      guard let name = Template.takeName(&rest) else {
        plain.append(byte)
        continue
      }
      guard let number = Int(name) ?? regex.names.first(where: { bytesEqual($0.name, name) })?.number else {
        throw ValueError(
          "bad-argument", "the pattern has no group `\(name)`",
          hint: regex.names.isEmpty
            ? "groups have names by (?<name>…)"
            : "it has "
              + regex.names.map(\.name).joined(separator: ", "), layer: .command)
      }
      parts.append(.bytes(plain))
      parts.append(.group(number))
      plain = []
    }
    parts.append(.bytes(plain))
  }

  /// Takes `12` or `{name}` from behind a `$`; nil if neither stands there.
  private static func takeName(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard rest.first == UInt8(ascii: "{") else {
      let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
      rest = rest.dropFirst(digits.count)
      return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }
    guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
    let name = rest[(rest.startIndex + 1)..<end]
    rest = rest[(end + 1)...]
    return String(decoding: name, as: UTF8.self)
  }

  func append(_ match: Regex.Match?, of bytes: [UInt8], to made: inout [UInt8]) {
    for part in parts {
      switch part {
      case .bytes(let plain): made.append(contentsOf: plain)
      case .group(let number):
        guard let match, number >= 0, number < match.groups.count, let range = match.groups[number] else { continue }
        made.append(contentsOf: bytes[range])
      }
    }
  }
}
