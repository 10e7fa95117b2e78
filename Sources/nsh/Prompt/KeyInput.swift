import Glibc
import Net

/// The bytes that are typed, as characters and as marked pastes.
///
/// A terminal puts pasted text between ESC [ 200 ~ and ESC [ 201 ~ (bracketed paste of xterm's control sequences); the first
/// is given as one key, to which the editor binds what reads the rest.
final class KeyInput {
  /// The key that stands for the beginning of a paste: the control character PM, which nobody types.
  static let pasteKey: UInt32 = 0x9E

  /// The key that stands for characters that join the one before the cursor.
  static let joinKey: UInt32 = 0x93

  /// The keys that stand for those that vi's mode could not tell from Escape and a command: up, down, F1.
  static let (upKey, downKey, signatureKey): (UInt32, UInt32, UInt32) = (0x90, 0x91, 0x92)

  /// What follows ESC, and the key that the whole stands for.
  private static let pasteSequence = (Array("[200~".utf8), pasteKey)
  private static let keySequences = [
    pasteSequence, (Array("[A".utf8), upKey), (Array("OA".utf8), upKey), (Array("[B".utf8), downKey),
    (Array("OB".utf8), downKey), (Array("OP".utf8), signatureKey), (Array("[11~".utf8), signatureKey),
  ]
  /// Whether keys other than a paste are told from Escape here, and not by libedit.
  var isForVi = false

  private static let pasteEnd = Array("\u{1b}[201~".utf8)
  /// How long the bytes of one key take at most on their way, in milliseconds.
  private static let keyTime: Int32 = 25
  private static let pasteLimit = 4 << 20
  private static let pieceSize = 4096

  /// Read already, and not given.
  private var pending: [UInt8] = []
  private var next = 0

  var hasPending: Bool { next < pending.count }

  /// Gives one character, U+FFFD for bytes that are none; nil at the end of the input.
  func character() -> UInt32? {
    guard let first = byte() else { return nil }
    if first == 0x1B, dropLateReport() { return character() }
    if first == 0x1B, let key = keyAfterEscape() { return key }
    let length = Self.length(first)
    var bytes = [first]
    while bytes.count < length, let next = byte() { bytes.append(next) }
    let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.value ?? 0xFFFD
    // The control characters C1 are nothing that a key sends.
    return (0x80...0x9F).contains(scalar) ? 0xFFFD : scalar
  }

  /// Gives a key, or a character with all that joins it and has come at once; nil at the end of the input.
  func cell(_ cells: CharacterCells) -> String? {
    guard let first = character().flatMap(Unicode.Scalar.init) else { return nil }
    var cell = String(Character(first))
    guard first.value >= 0x20, first.value != 0x7F else { return cell }
    while let (scalar, length) = upcoming(), cells.joins(cell, scalar) {
      cell.unicodeScalars.append(scalar)
      next += length
    }
    return cell
  }

  enum Paste {
    case text(String)
    case tooLong
    case interrupted
    case end
  }

  /// Reads up to the end of a paste, until `isInterrupted`: newlines as LF, and other controls but tabs as U+FFFD.
  func paste(isInterrupted: () -> Bool) -> Paste {
    var bytes: [UInt8] = []
    var isTooLong = false
    while true {
      if bytes.suffix(Self.pasteEnd.count) == Self.pasteEnd[...] { break }
      if isInterrupted() {
        dropRest(after: bytes)
        return .interrupted
      }
      guard let byte = byte(atOnce: Self.pieceSize, isInterrupted: isInterrupted) else {
        if isInterrupted() { continue }
        return .end
      }
      bytes.append(byte)
      if bytes.count > Self.pasteLimit {
        isTooLong = true
        bytes.removeFirst(Self.pasteLimit / 2)
      }
    }
    return isTooLong ? .tooLong : .text(Self.text(of: bytes.dropLast(Self.pasteEnd.count)))
  }

  private static func text(of bytes: ArraySlice<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\r": text.append("\n")
      case "\n" where isAfterReturn: break
      case "\n", "\t": text.append(scalar)
      default: text.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
      }
      isAfterReturn = scalar == "\r"
    }
    return String(text)
  }

  /// After Ctrl-C the terminal may still be sending: passes over all up to the paste's end, or a silence.
  private func dropRest(after bytes: [UInt8]) {
    var last = bytes.suffix(Self.pasteEnd.count)
    repeat {
      last = (last + pending[next...]).suffix(Self.pasteEnd.count)
      next = pending.count
    } while last != Self.pasteEnd[...] && fill(within: 100, Self.pieceSize)
  }

  /// Takes the columns that the terminal reports (CPR of ECMA-48 §8.3.14) out of the input, from 1; fewer if they do not come in time.
  func reportedColumns(_ count: Int) -> [Int] {
    var columns: [Int] = []
    let end = monotonicNow() + Int64(Self.reportTime) * 1_000_000
    while true {
      while columns.count < count, let (range, column) = report() {
        columns.append(column)
        pending.removeSubrange(range)
      }
      let left = (end - monotonicNow()) / 1_000_000
      guard columns.count < count, left > 0, !isAtEnd else { break }
      _ = fill(within: Int32(clamping: left), Self.pieceSize)
    }
    lateReports = count - columns.count
    return columns
  }

  /// How many reports may still come, too late, as if they were typed.
  private var lateReports = 0

  /// Passes over a report behind an Escape that was just read; false if it is none.
  private func dropLateReport() -> Bool {
    while lateReports > 0 {
      if pending[(next - 1)...].first == 0x1B, let (range, _) = report(), range.lowerBound == next - 1 {
        next = range.upperBound
        lateReports -= 1
        return true
      }
      let known = pending[next...]
      guard known.first ?? 0x5B == 0x5B, known.dropFirst().allSatisfy({ (0x30...0x3B).contains($0) }), known.count < 16
      else {
        return false
      }
      // What was read stays before what comes, for a report begins with it.
      next -= 1
      let hasMore = fill(within: Self.keyTime, 1)
      next += 1
      guard hasMore else { return false }
    }
    return false
  }

  /// How long a terminal takes at most to answer, in milliseconds; it may be far away.
  private static let reportTime: Int32 = 500

  /// Finds `ESC [ row ; column R`.
  private func report() -> (Range<Int>, column: Int)? {
    for start in max(0, next - 1)..<pending.count where pending[start...].starts(with: [0x1B, UInt8(ascii: "[")]) {
      let body = pending[(start + 2)...].prefix { (0x30...0x3B).contains($0) }
      guard body.endIndex < pending.count, pending[body.endIndex] == UInt8(ascii: "R") else { continue }
      let numbers = body.split(separator: UInt8(ascii: ";"))
      guard numbers.count == 2, let column = Int(String(decoding: numbers[1], as: UTF8.self)) else { continue }
      return (start..<body.endIndex + 1, column)
    }
    return nil
  }

  // MARK: Bytes

  /// Gives the next byte; of keys none is read before it is needed, because what comes next may be for a program.
  private func byte(atOnce: Int = 1, isInterrupted: () -> Bool = { false }) -> UInt8? {
    while next == pending.count {
      guard fill(within: 200, atOnce) else {
        if isAtEnd || isInterrupted() || Signals.ending != 0 { return nil }
        continue
      }
    }
    defer { next += 1 }
    return pending[next]
  }

  /// Gives the character beyond ASCII that has come already, without taking it, and how many bytes it has.
  private func upcoming() -> (Unicode.Scalar, length: Int)? {
    guard hasPending || fill(within: 0, 1), pending[next] >= 0xC2 else { return nil }
    let length = Self.length(pending[next])
    while pending.count - next < length { guard fill(within: Self.keyTime, 1) else { return nil } }
    let text = String(validating: pending[next..<next + length], as: UTF8.self)
    return text?.unicodeScalars.first.map { ($0, length) }
  }

  /// How many bytes a character has that begins so (RFC 3629 §3).
  private static func length(_ first: UInt8) -> Int { first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1 }

  /// Takes the rest of a sequence that comes at once, and gives the key it stands for.
  private func keyAfterEscape() -> UInt32? {
    let sequences = isForVi ? Self.keySequences : [Self.pasteSequence]
    while true {
      let known = pending[next...]
      if let (bytes, key) = sequences.first(where: { known.starts(with: $0.0) }) {
        next += bytes.count
        return key
      }
      guard sequences.contains(where: { $0.0.starts(with: known) }), fill(within: Self.keyTime, 1) else { return nil }
    }
  }

  private var isAtEnd = false

  /// Reads what has been typed, read(2); false if nothing came in time or the input is at its end.
  private func fill(within milliseconds: Int32, _ size: Int) -> Bool {
    var wait = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return false }
    var room = [UInt8](repeating: 0, count: size)
    let count = Glibc.read(0, &room, room.count)
    guard count > 0 else {
      if count == 0 || (errno != EINTR && errno != EAGAIN) { isAtEnd = true }
      return false
    }
    pending.removeSubrange(..<next)
    next = 0
    pending += room[..<count]
    return true
  }
}
