import Interpreter

/// One word of a request as HTTPie has them: a field of the head, a pair of the query, or a field of the body.
enum RequestItem {
  /// `Name:value`; nil for `Name:`, which leaves a field out.
  case header(String, String?)
  /// `name==value`
  case query(String, String)
  case field(Field)

  /// A field of the body.
  struct Field {
    let name: String
    let content: Content
  }

  enum Content {
    /// `name=value`
    case text(String)
    /// `name:=JSON`
    case json(String)
    /// `name@path`
    case file(String)
    /// `name=@path`: the text of a file.
    case textOfFile(String)
    /// `name:=@path`: the JSON of a file.
    case jsonOfFile(String)
  }

  /// Longer ones first, since of two at one place the longer counts.
  private static let separators = [":=@", ":=", "==", "=@", "=", "@", ":"]

  /// Reads a word: the first separator in it counts, unless a backslash stands before it.
  ///
  ///     item = name separator value
  init(_ text: String) throws {
    let bytes = Array(text.utf8)
    var name: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count, ":=@\\".utf8.contains(bytes[index + 1]) {
        name.append(bytes[index + 1])
        index += 2
        continue
      }
      if let separator = Self.separators.first(where: { bytes[index...].starts(with: $0.utf8) }) {
        let value = String(decoding: bytes[(index + separator.utf8.count)...], as: UTF8.self)
        self = try RequestItem(String(decoding: name, as: UTF8.self), separator, value)
        return
      }
      name.append(bytes[index])
      index += 1
    }
    // `Name;` sends an empty field, as in curl.
    if text.hasSuffix(";") {
      self = .header(String(text.dropLast()), "")
      return
    }
    throw ValueError(
      "bad-argument", "`\(text)` is no item of a request",
      hint: "Name:value is a field, q==v a query, field=v and raw:=json a body, part@file a file", layer: .command)
  }

  private init(_ name: String, _ separator: String, _ value: String) throws {
    guard !name.isEmpty else {
      throw ValueError("bad-argument", "an item of a request has no name", layer: .command)
    }
    switch separator {
    case ":": self = .header(name, value.isEmpty ? nil : value)
    case "==": self = .query(name, value)
    case "=": self = .field(Field(name: name, content: .text(value)))
    case ":=": self = .field(Field(name: name, content: .json(value)))
    case "@": self = .field(Field(name: name, content: .file(value)))
    case "=@": self = .field(Field(name: name, content: .textOfFile(value)))
    default: self = .field(Field(name: name, content: .jsonOfFile(value)))
    }
  }
}
