import Net

/// The words of a line as a shell divides it (POSIX.1 XCU §2.2, and bash's `$'…'`), without anything that a shell would replace.
public struct ShellWords {
  private let line: [UInt8]
  private var index = 0

  private init(_ line: [UInt8]) { self.line = line }

  private var next: UInt8? { index < line.count ? line[index] : nil }
  private var following: UInt8? { index + 1 < line.count ? line[index + 1] : nil }

  /// Divides a line into words with quotes and escapes undone.
  public static func split(_ line: String) throws(CurlError) -> [[UInt8]] {
    var words = ShellWords(Array(line.utf8))
    var found: [[UInt8]] = []
    while true {
      words.skipBlanks()
      guard words.next != nil else { return found }
      found.append(try words.word())
    }
  }

  /// White space, and line ends with a backslash before them.
  private mutating func skipBlanks() {
    while let byte = next {
      if byte == ASCII.backslash, following == ASCII.lf {
        index += 2
      } else if byte == ASCII.backslash, following == ASCII.cr, index + 2 < line.count, line[index + 2] == ASCII.lf {
        index += 3
      } else if byte.isBlank || byte == ASCII.lf || byte == ASCII.cr {
        index += 1
      } else {
        return
      }
    }
  }

  /// word = 1*( unquoted / "'" … "'" / DQUOTE … DQUOTE / "$'" … "'" / "\" any )
  private mutating func word() throws(CurlError) -> [UInt8] {
    var word: [UInt8] = []
    while let byte = next, !byte.isBlank, byte != ASCII.lf, byte != ASCII.cr {
      switch byte {
      case UInt8(ascii: "'"): word += try single()
      case ASCII.quote: word += try double()
      case UInt8(ascii: "$") where following == UInt8(ascii: "'"): word += try escaped()
      case UInt8(ascii: "$") where isExpansion || following == ASCII.quote,
        UInt8(ascii: "`"), UInt8(ascii: "|"), ASCII.semicolon, UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "("), UInt8(ascii: ")"):
        throw shellSyntax(byte)
      case UInt8(ascii: "&"): throw shellSyntax(byte)
      case ASCII.backslash:
        guard let kept = following else { throw .unfinished(offset: index) }
        if kept != ASCII.lf { word.append(kept) }
        index += 2
      default:
        word.append(byte)
        index += 1
      }
    }
    return word
  }

  /// Whether a `$` stands before what makes it a parameter, a command or a calculation (POSIX.1 XCU §2.5, §2.6).
  private var isExpansion: Bool {
    guard let following else { return false }
    // A line that goes on may bring one.
    if following == ASCII.backslash, index + 2 < line.count, line[index + 2] == ASCII.lf { return true }
    return following.isLetter || following.isDigit || "({[_#?$@*!-".utf8.contains(following)
  }

  private func shellSyntax(_ byte: UInt8) -> CurlError {
    .shellSyntax(String(decoding: [byte], as: UTF8.self), offset: index)
  }

  private mutating func single() throws(CurlError) -> [UInt8] {
    let start = index
    guard let end = line[(index + 1)...].firstIndex(of: UInt8(ascii: "'")) else { throw .unfinished(offset: start) }
    index = end + 1
    return Array(line[(start + 1)..<end])
  }

  /// Within double quotes a backslash escapes only `$ ` " \` and the line's end (POSIX.1 XCU §2.2.3).
  private mutating func double() throws(CurlError) -> [UInt8] {
    let start = index
    var text: [UInt8] = []
    index += 1
    while let byte = next {
      switch byte {
      case ASCII.quote:
        index += 1
        return text
      case ASCII.backslash:
        guard let kept = following else { throw .unfinished(offset: start) }
        if !"$`\"\\\n".utf8.contains(kept) { text.append(byte) }
        if kept != ASCII.lf { text.append(kept) }
        index += 2
      case UInt8(ascii: "`"): throw shellSyntax(byte)
      case UInt8(ascii: "$") where isExpansion:
        throw shellSyntax(byte)
      default:
        text.append(byte)
        index += 1
      }
    }
    throw .unfinished(offset: start)
  }

  /// `$'…'` with the escapes of C, as browsers copy requests.
  private mutating func escaped() throws(CurlError) -> [UInt8] {
    let start = index
    var text: [UInt8] = []
    index += 2
    while let byte = next {
      index += 1
      if byte == UInt8(ascii: "'") { return text }
      guard byte == ASCII.backslash else {
        text.append(byte)
        continue
      }
      guard let kind = next else { break }
      index += 1
      switch kind {
      case UInt8(ascii: "n"): text.append(ASCII.lf)
      case UInt8(ascii: "r"): text.append(ASCII.cr)
      case UInt8(ascii: "t"): text.append(ASCII.tab)
      case UInt8(ascii: "a"): text.append(7)
      case UInt8(ascii: "b"): text.append(8)
      case UInt8(ascii: "v"): text.append(11)
      case UInt8(ascii: "f"): text.append(12)
      case UInt8(ascii: "e"), UInt8(ascii: "E"): text.append(27)
      case UInt8(ascii: "x"): text.append(UInt8(truncatingIfNeeded: number(radix: 16, atMost: 2)))
      case UInt8(ascii: "u"): append(scalar: number(radix: 16, atMost: 4), to: &text)
      case UInt8(ascii: "U"): append(scalar: number(radix: 16, atMost: 8), to: &text)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        index -= 1
        text.append(UInt8(truncatingIfNeeded: number(radix: 8, atMost: 3)))
      default:
        // \\ \' \" and what means nothing.
        if ![ASCII.backslash, UInt8(ascii: "'"), ASCII.quote, UInt8(ascii: "?")].contains(kind) { text.append(byte) }
        text.append(kind)
      }
    }
    throw .unfinished(offset: start)
  }

  private mutating func number(radix: Int, atMost count: Int) -> Int {
    var value = 0
    var taken = 0
    while taken < count, let digit = next?.hexValue, digit < radix {
      value = value * radix + digit
      index += 1
      taken += 1
    }
    return value
  }

  private func append(scalar value: Int, to text: inout [UInt8]) {
    let scalar = UInt32(exactly: value).flatMap { Unicode.Scalar($0) } ?? "\u{FFFD}"
    text += Array(String(Character(scalar)).utf8)
  }
}
