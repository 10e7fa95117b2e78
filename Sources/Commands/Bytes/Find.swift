import Interpreter

let find = Command(
  "find", "Gives the index of the first place of something in a text, bytes or a list; null if it is not there.",
  Parameter<Value>.input("text, bytes or a list"),
  Parameter<Value>.required("what", "text or bytes, taken literally, a regex, or the item of a list"),
  Parameter<Bool>.flag("all", "give the indices of all places, which do not overlap"), gives: .any,
  examples: [
    Example("'GET /index HTTP/1.1' | find HTTP", "11"), Example("0x[00 0d 0a 0d 0a] | find \"\\r\\n\" --all", "1\n3"),
    Example(#"'a1b22' | find re'\d+' --all"#, "1\n3"), Example("[a b c] | find c", "2"),
    Example("'abc' | find z | type", "null"),
  ]
) { machine, input, what, all in
  if case .list(let list) = try input.settledItems() {
    var places: [Value] = []
    for (index, item) in list.enumerated() where equal(item, what) {
      if !all { return .int(index) }
      places.append(.int(index))
    }
    return all ? .list(places) : .null
  }
  var isText = false
  if case .string = input { isText = true }
  let bytes = try [UInt8].convert(input)
  var counter = isText ? ScalarCounter(bytes) : nil
  var places: [Value] = []
  var start = 0
  while let place = try Places.next(what, in: bytes, from: start, isText: isText) {
    try machine.checkpoint()
    let index = Value.int(counter?.index(of: place.lowerBound) ?? place.lowerBound)
    if !all { return index }
    places.append(index)
    start = max(place.upperBound, place.lowerBound + 1)
    // The next character's start, where something empty was found.
    while isText, place.isEmpty, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
  }
  return all ? .list(places) : .null
}

/// The places of a text, bytes or a pattern in bytes.
private enum Places {
  static func next(_ what: Value, in bytes: [UInt8], from start: Int, isText: Bool) throws -> Range<Int>? {
    guard start <= bytes.count else { return nil }
    if case .regex(let regex) = what {
      return try bytes.withUnsafeBufferPointer { try regex.firstMatch(in: $0, from: start, isText: isText)?.whole }
    }
    let part = try [UInt8].convert(what)
    return Interpreter.find(part, in: bytes, from: start).map { $0..<($0 + part.count) }
  }
}

/// Turns offsets of bytes, asked in rising order, into indices of characters.
private struct ScalarCounter {
  private let bytes: [UInt8]
  private var offset = 0
  private var count = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func index(of wanted: Int) -> Int {
    while offset < wanted, offset < bytes.count {
      if bytes[offset] & 0xC0 != 0x80 { count += 1 }
      offset += 1
    }
    return count
  }
}
