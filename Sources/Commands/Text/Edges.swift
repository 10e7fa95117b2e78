import Interpreter
import Net

let trim = Command(
  "trim", "Takes white space, or certain characters, away from both ends of a text.",
  Parameter<Value>.input("text, or a list or stream of texts"),
  Parameter<String?>.optional("characters", "those to take away instead of white space"),
  Parameter<Bool>.flag("left", "only from the beginning"), Parameter<Bool>.flag("right", "only from the end"),
  gives: .string,
  examples: [
    Example("'  nsh ' | trim", "nsh"), Example("'/a/b//' | trim / --right", "/a/b"),
    Example("[' a' 'b '] | trim", "a\nb"),
  ]
) { machine, input, characters, isLeft, isRight in
  let wanted = characters.map { Set($0.unicodeScalars) }
  func goes(_ scalar: Unicode.Scalar) -> Bool { wanted?.contains(scalar) ?? scalar.properties.isWhitespace }
  return try Texts.map(input, machine) { text in
    let scalars = text.unicodeScalars
    var (start, end) = (scalars.startIndex, scalars.endIndex)
    var turns = TurnCounter()
    if isLeft || !isRight {
      while start < end, goes(scalars[start]) {
        try turns.turn()
        start = scalars.index(after: start)
      }
    }
    if isRight || !isLeft {
      while start < end, goes(scalars[scalars.index(before: end)]) {
        try turns.turn()
        end = scalars.index(before: end)
      }
    }
    return .string(String(scalars[start..<end]))
  }
}

let pad = Command(
  "pad", "Fills a text up to a number of characters; a longer one stays as it is.",
  Parameter<Value>.input("text, or a list or stream of texts"),
  Parameter<Int>.required("width", "how many characters it shall have"),
  Parameter<String>.positional("character", "what fills it", default: " ", shown: "a space"),
  Parameter<Bool>.flag("left", "fill before the text, which then stands on the right"), gives: .string,
  examples: [Example("pad 7 3 0 --left", "007"), Example("[a bbb] | pad 4 .", "a...\nbbb.")]
) { machine, input, width, filler, isLeft in
  let width = try Count.checked(width)
  guard filler.unicodeScalars.count == 1, let filler = filler.unicodeScalars.first else {
    throw ValueError("bad-argument", "one character is wanted to fill with, and this is '\(filler)'", layer: .command)
  }
  guard width <= 1 << 24 else { throw ValueError("too-large", "a width of \(width) is more than \(1 << 24)") }
  return try Texts.map(input, machine) { text in
    let missing = width - text.unicodeScalars.count
    guard missing > 0 else { return .string(text) }
    let fill = String(repeating: String(filler), count: missing)
    return .string(isLeft ? fill + text : text + fill)
  }
}

let startsWith = Command(
  "starts-with", "Tells whether a text begins with another.",
  Parameter<Value>.input("text or bytes, or a list or stream of them"),
  Parameter<[UInt8]>.required("part", "what it may begin with"), gives: .bool,
  examples: [Example("'220 ready' | starts-with 220", "true")]
) { machine, input, part in
  try Texts.subjects(input, machine) { value in
    if case .string(let text) = value { return .bool(text.utf8.starts(with: part)) }
    return .bool(try Subject(value).bytes.starts(with: part))
  }
}

let endsWith = Command(
  "ends-with", "Tells whether a text ends with another.",
  Parameter<Value>.input("text or bytes, or a list or stream of them"),
  Parameter<[UInt8]>.required("part", "what it may end with"), gives: .bool,
  examples: [Example("'www.example.test' | ends-with .test", "true")]
) { machine, input, part in
  try Texts.subjects(input, machine) { value in
    if case .string(let text) = value { return .bool(text.utf8.suffix(part.count).elementsEqual(part)) }
    return .bool(try Subject(value).bytes.suffix(part.count).elementsEqual(part))
  }
}

let contains = Command(
  "contains", "Tells whether a text or regex is found in a text.",
  Parameter<Value>.input("text or bytes, or a list or stream of them"),
  Parameter<Pattern>.required("part", "a text, or a regex"), gives: .bool,
  examples: [Example("'www.example.test' | contains example", "true"), Example("'abc' | contains re'\\d'", "false")]
) { machine, input, part in
  if case .literal(let bytes) = part, bytes.isEmpty { return try Texts.subjects(input, machine) { _ in .bool(true) } }
  return try Texts.subjects(input, machine) { value in
    let subject = try Subject(value)
    var isFound = false
    try part.forEachMatch(in: subject.bytes, isText: subject.isText) { _, _ in
      isFound = true
      return false
    }
    return .bool(isFound)
  }
}

let upper = Command(
  "upper", "Turns a text into capitals.", Parameter<Value>.input("text, or a list or stream of texts"), gives: .string,
  examples: [Example("upper 'helo straße'", "HELO STRASSE")]
) { machine, input in try Texts.map(input, machine) { .string(try $0.inSlices { $0.uppercased() }) } }

let lower = Command(
  "lower", "Turns a text into small letters.", Parameter<Value>.input("text, or a list or stream of texts"),
  gives: .string, examples: [Example("'Content-Type' | lower", "content-type")]
) { machine, input in try Texts.map(input, machine) { .string(try $0.inSlices { $0.lowercased() }) } }
