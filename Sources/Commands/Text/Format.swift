import Interpreter

let format = Command(
  "format", "Writes a number or text in a form, or fills the {fields} of a text from a record.",
  Parameter<Value>.input("a number, a text or a record, or a list or stream of them"),
  Parameter<String>.required(
    "form", "such as .2f, hex, 08b, >10 or `,`; or a text with {name}, {name:.2f}, {} for the value itself, {{ and }}"),
  gives: .string,
  examples: [
    Example("format 255 hex", "ff"), Example("3.14159 | format .2f", "3.14"), Example("format 1234567 ,", "1,234,567"),
    Example("{host: web, port: 80} | format '{host:>5}: {port}'", "  web: 80"),
    Example("[1 22] | format '<{:3}>'", "<  1>\n< 22>"),
  ]
) { machine, input, form in
  let form = try Form(form)
  switch input {
  case .list, .stream, .range: return try Items.map(input, machine) { .string(try form.text(of: $0)) }
  default: return .string(try form.text(of: input))
  }
}

/// A text with places for fields, or a specification for the value alone.
private struct Form {
  private enum Part {
    case text(String)
    case field(String, FormatSpec?)
  }
  private var parts: [Part] = []

  /// form = spec / *( "{{" / "}}" / "{" [path] [":" spec] "}" / any )
  init(_ text: String) throws {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) else {
      parts = [.field("", try FormatSpec(text))]
      return
    }
    var plain = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let next = rest.popFirst() {
      guard next == "{" || next == "}" else {
        plain.append(next)
        continue
      }
      if rest.first == next {
        plain.append(rest.removeFirst())
        continue
      }
      guard next == "{", let end = rest.firstIndex(of: "}") else {
        throw ValueError(
          "bad-format", "a lone `\(next)` in '\(text)'", hint: "`\(next)\(next)` writes one", layer: .command)
      }
      parts.append(.text(String(plain)))
      plain = String.UnicodeScalarView()
      let inside = rest[..<end]
      rest = rest[rest.index(after: end)...]
      let mark = inside.firstIndex(of: ":") ?? inside.endIndex
      let spec = mark == inside.endIndex ? nil : try FormatSpec(String(inside[inside.index(after: mark)...]))
      parts.append(.field(String(inside[..<mark]), spec))
    }
    parts.append(.text(String(plain)))
  }

  func text(of value: Value) throws -> String {
    try parts.reduce(into: "") { text, part in
      switch part {
      case .text(let plain): text += plain
      case .field(let path, let spec):
        let field = path.isEmpty ? value : try Path.look(path, in: value)
        text += try spec?.text(of: field) ?? PlainText.cell(field)
      }
    }
  }
}
