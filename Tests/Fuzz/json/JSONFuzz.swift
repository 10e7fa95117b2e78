import Glibc
import Wire

/// Any bytes are JSON or an error within them; the tokens of what is JSON are balanced, and their text reads the same again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // A copy, so that the sanitizer of addresses knows its end.
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  do throws(JSONError) {
    let tokens = try read(bytes)
    guard (try? read(text(of: tokens))) == tokens else { fail("the tokens read otherwise again") }
  } catch {
    guard error.offset >= 0, error.offset <= count, error.line >= 1, error.column >= 1 else {
      fail("an error outside the text: \(error)")
    }
  }
  return 0
}

private func read(_ bytes: [UInt8]) throws(JSONError) -> [JSONToken] {
  let result = bytes.withUnsafeBufferPointer { bytes in
    Result { () throws(JSONError) in
      var reader = JSONReader(bytes)
      var tokens: [JSONToken] = []
      while let token = try reader.next() { tokens.append(token) }
      return tokens
    }
  }
  return try result.get()
}

/// Writes tokens as plainly as can be.
private func text(of tokens: [JSONToken]) -> [UInt8] {
  var text = ""
  var wantsComma = false
  for token in tokens {
    switch token {
    case .endArray, .endObject: break
    default: if wantsComma { text += "," }
    }
    wantsComma = true
    switch token {
    case .null: text += "null"
    case .bool(let isTrue): text += isTrue ? "true" : "false"
    case .int(let number): text += String(number)
    case .integer(let digits): text += digits
    case .float(let number): text += number.description
    case .string(let string): text += quoted(string)
    case .name(let name):
      text += quoted(name) + ":"
      wantsComma = false
    case .beginArray, .beginObject:
      text += token == .beginArray ? "[" : "{"
      wantsComma = false
    case .endArray: text += "]"
    case .endObject: text += "}"
    }
  }
  return Array(text.utf8)
}

private func quoted(_ string: String) -> String {
  var text = "\""
  for scalar in string.unicodeScalars {
    if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" {
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
  return text + "\""
}

private func fail(_ message: String) -> Never {
  print(message)
  abort()
}
