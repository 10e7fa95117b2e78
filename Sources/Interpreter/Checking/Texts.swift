import Diagnostics
import Syntax

extension Compiler {
  /// Compiles a text with values in it; a list or record in a text is an error.
  func compile(_ template: Template, _ span: Span) -> Code {
    guard template.parts.count > 1 || template.parts.contains(where: \.isValue) else {
      if case .text(let text)? = template.parts.first { return constant(.string(text)) }
      return constant(.string(""))
    }
    let place = place(span)
    let write = compileText(of: template.parts, place)
    return Code { machine throws(Unwind) in
      // The machine's own room for bytes is used again and again, unless a value in this text makes a text itself.
      var bytes: [UInt8] = []
      swap(&bytes, &machine.textRoom)
      defer { if bytes.capacity <= 1 << 16 { swap(&bytes, &machine.textRoom) } }
      bytes.removeAll(keepingCapacity: true)
      try write(machine, &bytes)
      return .string(bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
    }
  }

  /// Compiles parts of a text: one after the other, each a closure that knows the one before, since a loop over parts would count
  /// references at each. Of many parts a few at a time, so that their number costs no stack.
  private func compileText(of parts: [Template.Part], _ place: Place) -> TextCode {
    guard parts.count <= 16 else {
      let groups = stride(from: 0, to: parts.count, by: 16).map {
        compileText(of: Array(parts[$0..<min($0 + 16, parts.count)]), place)
      }
      return TextCode { machine, room throws(Unwind) in for group in groups { try group(machine, &room) } }
    }
    return parts.reduce(TextCode { _, _ in }) { before, part in
      switch part {
      case .text(let text):
        return TextCode { machine, room throws(Unwind) in
          try before(machine, &room)
          // A short text stands in the string itself, where an array would have references to count.
          var text = text
          text.withUTF8 { room.append(contentsOf: $0) }
        }
      case .value(let expression): return compileText(of: expression, before, place)
      }
    }
  }

  /// Compiles a value inside a text, behind what stands before it.
  private func compileText(of expression: Expression, _ before: TextCode, _ place: Place) -> TextCode {
    let code = compile(expression)
    return TextCode { machine, room throws(Unwind) in
      try before(machine, &room)
      switch try code(machine) {
      case .string(var text): text.withUTF8 { room.append(contentsOf: $0) }
      case .int(let number): appendDecimal(number, to: &room)
      case let value:
        guard let text = value.scalarText else {
          throw machine.failure(
            ValueError(
              "wrong-type", "\(value.described) cannot stand inside a text",
              hint: "take a field of it, or `to json` it"),
            at: place)
        }
        room.append(contentsOf: text.utf8)
      }
    }
  }
}

extension Template.Part {
  fileprivate var isValue: Bool {
    if case .value = self { return true }
    return false
  }
}
