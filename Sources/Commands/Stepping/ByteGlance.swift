import Net
import Transport
import Wire

/// A short look at the bytes of a step: a message of DNS or records of TLS in words, text as text, and all else as a hexdump.
struct ByteGlance {
  /// At most so many lines are shown.
  static let maximum = 6
  /// Safe on a terminal.
  let lines: [String]

  init(_ step: Step) {
    let bytes = step.bytes
    guard !bytes.isEmpty else {
      lines = []
      return
    }
    let known = step.carries == .dns ? Self.message(bytes) ?? Self.message(Array(bytes.dropFirst(2))) : nil
    lines = Self.shortened(known ?? Self.records(bytes) ?? Self.text(bytes) ?? Hexdump(Array(bytes.prefix(256))).lines)
  }

  private static func shortened(_ all: [String]) -> [String] {
    guard all.count > maximum else { return all }
    return all.prefix(maximum - 1) + ["…"]
  }

  /// A message of DNS: what it asks and what it answers.
  private static func message(_ bytes: [UInt8]) -> [String]? {
    guard let message = try? Message(bytes) else { return nil }
    let kind = message.flags.isResponse ? "answer" : "query"
    let code = message.flags.isResponse ? ", \(message.code)" : ""
    let questions = message.questions.map { "\(kind) \(message.id)\(code): \($0)" }
    let records = (message.answers + message.authorities).map { "  \($0)" }
    return (questions + records).map { SafeText.escaping($0, .singleLine) }
  }

  /// Whole records of TLS, each with its content and length.
  private static func records(_ bytes: [UInt8]) -> [String]? {
    guard bytes.count >= 5, bytes[1] == 3, bytes[2] <= 4 else { return nil }
    var reader = TLSRecordReader()
    reader.receive(bytes)
    var lines: [String] = []
    while let record = try? reader.next() {
      lines.append("record of TLS: \(record.content.words), \(counted(record.payload.count, "byte"))")
      guard lines.count <= maximum else { return lines }
    }
    guard !lines.isEmpty else { return nil }
    return reader.unconsumed.isEmpty ? lines : lines + ["and \(reader.unconsumed.count) bytes of the next record"]
  }

  /// The lines of what is text all through.
  private static func text(_ bytes: [UInt8]) -> [String]? {
    let start = bytes.prefix(1_024)
    guard start.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) else { return nil }
    var lines = start.split(separator: 0x0A, maxSplits: maximum + 1, omittingEmptySubsequences: false).map {
      SafeText.escaping(Array($0.last == 0x0D ? $0.dropLast() : $0).map { $0 == 0x09 ? 0x20 : $0 }, .singleLine)
    }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }
}

extension TLSRecord.Content {
  fileprivate var words: String {
    switch self {
    case .changeCipherSpec: "change of cipher"
    case .alert: "alert"
    case .handshake: "handshake"
    case .applicationData: "application data, sealed"
    case .heartbeat: "heartbeat"
    }
  }
}
