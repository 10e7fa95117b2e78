import CPCRE2
import Net
import Synchronization

/// A regular expression of PCRE2 that searches bytes, or text as UTF-8, within a limit of steps.
///
/// It is `@unchecked Sendable` because compiled patterns are C pointers; pcre2api(3) says that they may be shared by threads.
public final class Regex: @unchecked Sendable {
  /// The pattern as written between the quotes.
  public let pattern: String
  private let forText: Compiled
  private let forBytes: Compiled
  /// What matches that are over have left for those to come: as many as ever ran at a time.
  private let rooms = Mutex<[Room]>([])
  /// The names of groups with their numbers, in the order of their numbers.
  public let names: [(name: String, number: Int)]

  /// How many steps one match may take before it is an error; roughly a tenth of a second.
  private static let stepLimit: UInt32 = 2_000_000

  /// A pattern compiled twice: as it is, and with a call of ours before each of its items, which can stop it.
  private final class Compiled: @unchecked Sendable {
    let plain: OpaquePointer
    let watched: OpaquePointer

    init(_ pattern: String, _ options: UInt32) throws(ValueError) {
      plain = try Regex.compile(pattern, options)
      do throws(ValueError) { watched = try Regex.compile(pattern, options | PCRE2_AUTO_CALLOUT) } catch {
        pcre2_code_free_8(plain)
        throw error
      }
    }

    deinit {
      pcre2_code_free_8(plain)
      pcre2_code_free_8(watched)
    }
  }

  /// What is longer is searched under watch: the steps of a match are limited, but each may go over all of it.
  private static let unwatchedLength = 256

  public init(_ pattern: String) throws(ValueError) {
    self.pattern = pattern
    forText = try Compiled(pattern, UInt32(PCRE2_UTF))
    forBytes = try Compiled(pattern, 0)
    names = Regex.groupNames(forText.plain)
  }

  /// A match: the byte ranges of the whole and of each group, nil for a group that took no part.
  public struct Match: Sendable {
    public let groups: [Range<Int>?]
    public var whole: Range<Int> { groups.first.flatMap { $0 } ?? 0..<0 }
  }

  /// The memory that one match needs, with its limits; both codes of a pattern have the same groups.
  private final class Room: @unchecked Sendable {
    let data: OpaquePointer
    let context: OpaquePointer

    init(for code: OpaquePointer) throws(ValueError) {
      let data = pcre2_match_data_create_from_pattern_8(code, nil)
      let context = pcre2_match_context_create_8(nil)
      guard let data, let context else {
        pcre2_match_data_free_8(data)
        pcre2_match_context_free_8(context)
        throw ValueError("no-memory", "no memory for a match")
      }
      pcre2_set_match_limit_8(context, Regex.stepLimit)
      pcre2_set_heap_limit_8(context, 64 * 1024)
      self.data = data
      self.context = context
    }

    deinit {
      pcre2_match_data_free_8(data)
      pcre2_match_context_free_8(context)
    }
  }

  /// What a search found.
  public enum Found: Sendable {
    case match(Match)
    /// A match may begin at this offset, if what follows the bytes is right (pcre2partial(3)).
    case beginning(at: Int)
    case nothing

    var match: Match? { if case .match(let match) = self { match } else { nil } }
  }

  /// Finds the first match from a byte offset on.
  /// - Throws: `match-limit` when the pattern needs too many steps for this text.
  public func firstMatch(in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, isText: Bool) throws(ValueError)
    -> Match?
  {
    try search(isText: isText) { (look) throws(ValueError) in try look(bytes, start, 0).match }
  }

  /// Finds the first match, or where one begins, in bytes that more may follow, as they come off a wire.
  /// - Throws: `match-limit` when the pattern needs too many steps for these bytes.
  public func firstMatch(inArrived bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws(ValueError) -> Found {
    try search(isText: false) { (look) throws(ValueError) in try look(bytes, start, PCRE2_PARTIAL_SOFT) }
  }

  /// Calls a function with each match from left to right until it gives false.
  ///
  /// After an empty match the next one is searched for at the same place, and must not be empty there (as Python and Perl do).
  public func forEachMatch(
    in bytes: UnsafeBufferPointer<UInt8>, isText: Bool, _ body: (Match) throws -> Bool
  ) throws {
    func run(_ look: Search) throws {
      var start = 0
      var options: UInt32 = 0
      while let found = try look(bytes, start, options).match, found.whole.lowerBound >= start, try body(found) {
        start = found.whole.upperBound
        options = found.whole.isEmpty ? UInt32(PCRE2_NOTEMPTY_ATSTART) : 0
      }
    }
    var failure: (any Error)?
    try search(isText: isText) { (look) throws(ValueError) in
      do { try run(look) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// One search from an offset on, with options of pcre2_match(3).
  private typealias Search = (UnsafeBufferPointer<UInt8>, Int, UInt32) throws(ValueError) -> Found

  /// Calls a function with what searches, which keeps its memory from one match to the next.
  private func search<Result>(
    isText: Bool, _ body: (Search) throws(ValueError) -> Result
  ) throws(ValueError) -> Result {
    let compiled = isText ? forText : forBytes
    let free = rooms.withLock { $0.popLast() }
    let room: Room
    if let free { room = free } else { room = try Room(for: compiled.plain) }
    defer { rooms.withLock { $0.append(room) } }
    // Text is valid UTF-8 already; checking all of it again for each match would take quadratic time.
    let always = isText ? PCRE2_NO_UTF_CHECK : 0
    let watch = Watch.current
    let data = watch.map { Unmanaged.passUnretained($0).toOpaque() }
    pcre2_set_callout_8(room.context, { _, watch in Regex.stops(watch) ? PCRE2_ERROR_CALLOUT : 0 }, data)
    return try body { (bytes, start, options) throws(ValueError) in
      let code = bytes.count > Regex.unwatchedLength && watch != nil ? compiled.watched : compiled.plain
      return try found(code, bytes, from: start, options | always, room.data, room.context)
    }
  }

  private static func stops(_ watch: UnsafeMutableRawPointer?) -> Bool {
    guard let watch else { return false }
    return Unmanaged<Watch>.fromOpaque(watch).takeUnretainedValue().isOver
  }

  /// What is longer is searched in slices, since PCRE2 may go over all of a text without calling us.
  private static let sliceLength = 1 << 20

  /// Searches a long text slice by slice: what may begin in a slice and needs more (pcre2partial(3), PCRE2_PARTIAL_HARD) is tried again
  /// in a longer one. What stands before a slice is still there for assertions that look back.
  private func found(
    _ code: OpaquePointer, _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ options: UInt32,
    _ data: OpaquePointer, _ context: OpaquePointer
  ) throws(ValueError) -> Found {
    guard start >= 0, start <= bytes.count else { return .nothing }
    guard bytes.count - start > Regex.sliceLength, options & PCRE2_PARTIAL_SOFT == 0, !pattern.contains("\\G") else {
      return try foundAtOnce(code, bytes, from: start, options, data, context)
    }
    var from = start
    var length = Regex.sliceLength
    while bytes.count - from > length {
      try Watch.check()
      var end = from + length
      // Not within a character: a byte 10xxxxxx continues one of up to 4 bytes (RFC 3629, section 3).
      for _ in 0..<3 where bytes[end] & 0xC0 == 0x80 { end -= 1 }
      // An empty match is only refused where the search began.
      let options = (from == start ? options : options & ~UInt32(PCRE2_NOTEMPTY_ATSTART)) | PCRE2_PARTIAL_HARD
      let slice = UnsafeBufferPointer(rebasing: bytes[..<end])
      switch try foundAtOnce(code, slice, from: from, options, data, context) {
      case .match(let match) where match.whole.upperBound < end: return .match(match)
      case .match(let match): from = max(from, min(match.whole.lowerBound, end))
      case .beginning(let place): from = max(from, place)
      case .nothing:
        from = end
        length = Regex.sliceLength / 2
      }
      length = min(2 * length, bytes.count)
    }
    let rest = from == start ? options : options & ~UInt32(PCRE2_NOTEMPTY_ATSTART)
    return try foundAtOnce(code, bytes, from: from, rest, data, context)
  }

  private func foundAtOnce(
    _ code: OpaquePointer, _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ options: UInt32,
    _ data: OpaquePointer, _ context: OpaquePointer
  ) throws(ValueError) -> Found {
    let count = pcre2_match_8(code, bytes.baseAddress, bytes.count, start, options, data, context)
    if count == PCRE2_ERROR_NOMATCH { return .nothing }
    if count == PCRE2_ERROR_CALLOUT, let watch = Watch.current { throw watch.error }
    guard let ends = pcre2_get_ovector_pointer_8(data), count > 0 || count == PCRE2_ERROR_PARTIAL else {
      throw ValueError(
        "match-limit", "the pattern re'\(pattern)' takes too many steps on this text: \(Regex.message(count))",
        hint: "a repeat inside a repeat, such as (a+)+, is often the cause")
    }
    if count == PCRE2_ERROR_PARTIAL { return .beginning(at: min(ends[0], bytes.count)) }
    let groups = (0..<Int(pcre2_get_ovector_count_8(data))).map { group -> Range<Int>? in
      let start = ends[2 * group]
      let end = ends[2 * group + 1]
      guard group < Int(count), start != Int.max, start >= 0, start <= end, end <= bytes.count else { return nil }
      return start..<end
    }
    return .match(Match(groups: groups))
  }

  private static func compile(_ pattern: String, _ options: UInt32) throws(ValueError) -> OpaquePointer {
    var number: Int32 = 0
    var offset = 0
    var text = pattern
    let code = text.withUTF8 {
      pcre2_compile_8($0.baseAddress, $0.count, options | UInt32(PCRE2_NEVER_BACKSLASH_C), &number, &offset, nil)
    }
    guard let code else {
      throw ValueError(
        "bad-regex", "re'\(pattern)' is not a regular expression: \(message(number)) at offset \(offset)")
    }
    return code
  }

  private static func message(_ number: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pcre2_get_error_message_8(number, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer.prefix(Int(count)), as: UTF8.self) : "error \(number)"
  }

  /// Reads the name table of a pattern (pcre2_pattern_info(3)): entries of two bytes of number and a text that ends with NUL.
  private static func groupNames(_ code: OpaquePointer) -> [(name: String, number: Int)] {
    var count: UInt32 = 0
    var size: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table, size > 2 else { return [] }
    let names = (0..<Int(count)).map { index -> (name: String, number: Int) in
      let entry = table + index * Int(size)
      let text = UnsafeBufferPointer(start: entry + 2, count: Int(size) - 2).prefix { $0 != 0 }
      return (String(decoding: text, as: UTF8.self), Int(entry[0]) << 8 | Int(entry[1]))
    }
    return names.sorted { $0.number < $1.number }
  }
}
