import Net

/// The explanation of bytes of TLS field by field: the records, and what stands open in them: messages of the handshake and alerts.
public struct TLSExplanation: Sendable {
  public private(set) var annotations: [Annotation] = []
  /// What stopped the reading, if anything did; the annotations end before it.
  public private(set) var fault: TLSFault?

  private let bytes: [UInt8]
  /// Set behind ChangeCipherSpec, where only hellos still come in the open (RFC 8446 §D.4).
  private var isSealed = false
  /// How many bytes of a message of the handshake are still to come in the next records (RFC 8446 §5.1), and its name.
  private var open = (count: 0, name: "")

  /// Explains records of one direction, of which the last may be cut off.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var cursor = TLSCursor(bytes[...])
    var number = 1
    do throws(TLSFault) {
      while !cursor.isAtEnd {
        try record(&cursor, "record \(number)")
        number += 1
      }
    } catch {
      fault = error
    }
  }

  /// Explains a record (RFC 8446 §5.1).
  private mutating func record(_ cursor: inout TLSCursor, _ label: String) throws(TLSFault) {
    guard TLSRecordReader.couldBeRecord(cursor.rest.prefix(2)) else { throw .notTLS }
    let type = try number(&cursor, 1, "\(label), content type", Self.contentName, "", "RFC 8446 §5.1")
    _ = try number(
      &cursor, 2, "\(label), version", { "\(TLSVersion(number: $0))" },
      "of the oldest reader; the hellos say what is spoken",
      "RFC 8446 §5.1")
    let length = try number(&cursor, 2, "\(label), length", { "\($0)" }, "bytes that follow", "RFC 8446 §5.1")
    guard length <= TLSRecord.longestPayload else { throw .recordTooLong(length) }
    let there = min(length, cursor.rest.count)
    let payload = try cursor.take(there)
    try content(type, payload, label)
    guard there == length else { throw .tooShort }
  }

  private static func contentName(_ number: Int) -> String {
    switch TLSRecord.Content(rawValue: number) {
    case .changeCipherSpec: "change_cipher_spec (20)"
    case .alert: "alert (21)"
    case .handshake: "handshake (22)"
    case .applicationData: "application_data (23)"
    case .heartbeat: "heartbeat (24)"
    case nil: "\(number)"
    }
  }

  private mutating func content(_ type: Int, _ payload: ArraySlice<UInt8>, _ label: String) throws(TLSFault) {
    switch TLSRecord.Content(rawValue: type) {
    case .changeCipherSpec:
      isSealed = true
      note(
        payload, "\(label), change_cipher_spec", count(payload), "what the sender sends next is sealed", "RFC 5246 §7.1"
      )
    case .alert: alert(payload, label)
    case .handshake: try handshake(payload, label)
    case .applicationData:
      note(payload, "\(label), sealed", count(payload), "nobody can read them without the keys", "RFC 8446 §5.2")
    case .heartbeat: note(payload, "\(label), heartbeat", count(payload), "", "RFC 6520 §4")
    case nil: note(payload, "\(label), content", count(payload), "", "RFC 8446 §5.1")
    }
  }

  private mutating func alert(_ payload: ArraySlice<UInt8>, _ label: String) {
    guard let alert = TLSAlert(payload) else {
      return note(
        payload, "\(label), sealed alert", count(payload), "nobody can read it without the keys", "RFC 8446 §6")
    }
    let level = alert.isFatal ? "fatal (2)" : alert.level == 1 ? "warning (1)" : "\(alert.level)"
    note(payload.prefix(1), "alert, level", level, "", "RFC 8446 §6")
    // Its meaning ends with the place where it is written.
    let parts = alert.meaning.split(separator: " (RFC ", maxSplits: 1)
    note(
      payload.dropFirst(), "alert, description", "\(alert.name) (\(alert.number))", parts.first.map(String.init) ?? "",
      parts.count > 1 ? "RFC \(parts[1].dropLast())" : "RFC 8446 §6")
  }

  /// Explains the messages in a record; one that goes on in the next record is only counted.
  private mutating func handshake(_ payload: ArraySlice<UInt8>, _ label: String) throws(TLSFault) {
    var cursor = TLSCursor(payload)
    if open.count > 0 {
      let rest = try cursor.take(min(open.count, payload.count))
      open.count -= rest.count
      note(rest, "rest of \(open.name)", count(rest), "", "RFC 8446 §5.1")
    }
    if isSealed, !Self.isHello(payload) {
      return note(
        payload, "\(label), sealed handshake", count(payload), "nobody can read them without the keys",
        "RFC 5246 §7.4.9")
    }
    while !cursor.isAtEnd {
      let type = cursor.rest.first.map(Int.init) ?? 0
      let name = Self.messageName(type, cursor.rest)
      _ = try number(&cursor, 1, "\(name), type", { "\(name) (\($0))" }, "", "RFC 8446 §4")
      let length = try number(&cursor, 3, "\(name), length", { "\($0)" }, "bytes that follow", "RFC 8446 §4")
      let body = try cursor.take(min(length, cursor.rest.count))
      guard body.count == length else {
        open = (length - body.count, name)
        return note(
          body, name, "the first \(body.count) of \(length) bytes", "the rest is in the next record", "RFC 8446 §5.1")
      }
      try message(type, body, name)
    }
  }

  private static func isHello(_ payload: ArraySlice<UInt8>) -> Bool {
    var cursor = TLSCursor(payload)
    guard let type = try? cursor.number(1), type == 1 || type == 2, let body = try? cursor.vector(3) else {
      return false
    }
    return body.endIndex == payload.endIndex
  }

  private static func messageName(_ type: Int, _ message: ArraySlice<UInt8>) -> String {
    switch type {
    case 0: "HelloRequest"
    case 1: "ClientHello"
    // Its random tells the one from the other (RFC 8446 §4.1.3).
    case 2: message.dropFirst(6).starts(with: TLSServerHello.retryRandom) ? "HelloRetryRequest" : "ServerHello"
    case 4: "NewSessionTicket"
    case 5: "EndOfEarlyData"
    case 8: "EncryptedExtensions"
    case 11: "Certificate"
    case 12: "ServerKeyExchange"
    case 13: "CertificateRequest"
    case 14: "ServerHelloDone"
    case 15: "CertificateVerify"
    case 16: "ClientKeyExchange"
    case 20: "Finished"
    case 22: "CertificateStatus"
    case 24: "KeyUpdate"
    default: "message of type \(type)"
    }
  }

  // MARK: Notes

  mutating func note(
    _ part: ArraySlice<UInt8>, _ field: String, _ value: String, _ meaning: String, _ source: String
  ) {
    annotations.append(
      Annotation(range: part.startIndex..<part.endIndex, field: field, value: value, meaning: meaning, source: source))
  }

  /// Reads a number, notes it and gives it.
  mutating func number(
    _ cursor: inout TLSCursor, _ width: Int, _ field: String, _ shown: (Int) -> String, _ meaning: String = "",
    _ source: String
  ) throws(TLSFault) -> Int {
    let part = try cursor.take(width)
    let number = part.reduce(0) { $0 << 8 | Int($1) }
    note(part, field, shown(number), meaning, source)
    return number
  }

  func count(_ part: ArraySlice<UInt8>) -> String { counted(part.count, "byte") }
}
