import Glibc
import Interpreter

@testable import Terminal

/// A console whose two streams are files that can be read afterwards.
struct Capture {
  let console: Console
  private let output: Int32
  private let errors: Int32

  init(color: ColorChoice = .never) {
    output = Self.file()
    errors = Self.file()
    console = Console(output: output, errors: errors, color: color)
  }

  private static func file() -> Int32 {
    var name = Array("/tmp/nsh-capture-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    unlink(name)
    return descriptor
  }

  func outputText() throws -> String {
    try console.flush()
    return Self.text(output)
  }

  func errorText() -> String { Self.text(errors) }

  private static func text(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

/// Gives the lines in which a terminal of that width shows a value.
func shown(_ value: Value, window: Int = 80, hasColor: Bool = false) -> String {
  var text = StyledText(hasColor: hasColor)
  ValueView(window: window).add(value, to: &text)
  return String(decoding: text.bytes, as: UTF8.self)
}
