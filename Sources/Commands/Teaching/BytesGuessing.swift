import Net
import Wire

extension BytesFacts {
  /// Tells what bytes are by trying each decoder in turn, the pickiest first.
  static func guess(_ bytes: [UInt8]) -> BytesGuess {
    guard !bytes.isEmpty else { return BytesGuess(.data, .certain, "there are none") }
    return http(bytes) ?? tls(bytes) ?? packet(bytes) ?? dns(bytes) ?? text(bytes)
      ?? BytesGuess(.data, .likely, "no decoder here reads them")
  }

  private static func http(_ bytes: [UInt8]) -> BytesGuess? {
    let line = text(bytes.prefix(8192).prefix { $0 != ASCII.lf })
    if line.hasPrefix("HTTP/1.") { return BytesGuess(.http, .certain, "they begin with a status line") }
    guard HTTPMessage.beginsAsRequest(Array(bytes.prefix(8192))) else { return nil }
    let words = line.split(separator: " ").map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
    return BytesGuess(.http, .certain, "they begin with a method, a target and a version")
  }

  private static func tls(_ bytes: [UInt8]) -> BytesGuess? {
    guard bytes.count >= 5, TLSRecordReader.couldBeRecord(bytes.prefix(2)), bytes[2] <= 4 else { return nil }
    let length = Int(bytes[3]) << 8 | Int(bytes[4])
    guard length > 0, length <= TLSRecord.longestPayload else { return nil }
    let start = "they begin with a content type, version 3 and a length"
    guard bytes.count >= 5 + length else { return BytesGuess(.tls, .possible, "\(start), which reaches beyond them") }
    let explanation = TLSExplanation(Array(bytes.prefix(5 + length)))
    guard explanation.fault == nil else { return BytesGuess(.tls, .likely, start) }
    return BytesGuess(.tls, .certain, "\(start), and what is in the record can be read")
  }

  private static func packet(_ bytes: [UInt8]) -> BytesGuess? {
    guard bytes.count >= 20 else { return nil }
    switch Packet.start(of: bytes[...]) {
    case .ip:
      if let header = try? IPv4Header(parsing: bytes[...]) {
        if header.checksum == header.rightChecksum {
          return BytesGuess(.packet, .certain, "they begin with a header of IPv4 whose checksum is right")
        }
        guard Int(header.totalLength) == bytes.count else { return nil }
        return BytesGuess(
          .packet, .likely, "they begin with a header of IPv4 that has their length; its checksum is wrong")
      }
      guard let header = try? IPv6Header(parsing: bytes[...]) else { return nil }
      guard IPv6Header.length + Int(header.payloadLength) == bytes.count else { return nil }
      return BytesGuess(.packet, .likely, "they begin with a header of IPv6 that has their length")
    case .ethernet:
      guard let packet = try? Packet(parsing: bytes[...], from: .ethernet), packet.network != nil, packet.missing == 0
      else { return nil }
      return BytesGuess(.packet, .likely, "they begin with a header of Ethernet whose type is what follows")
    }
  }

  private static func dns(_ bytes: [UInt8]) -> BytesGuess? {
    guard bytes.count >= 12, bytes.count <= 0xFFFF + 2 else { return nil }
    if let guess = dnsMessage(bytes) { return guess }
    // Over TCP its length stands before it (RFC 1035 §4.2.2).
    guard Int(bytes[0]) << 8 | Int(bytes[1]) == bytes.count - 2, var guess = dnsMessage(Array(bytes.dropFirst(2)))
    else {
      return nil
    }
    guess.start = 2
    return guess
  }

  private static func dnsMessage(_ bytes: [UInt8]) -> BytesGuess? {
    guard bytes.count <= 0xFFFF, let message = try? Message(bytes) else { return nil }
    let count = message.questions.count + message.answers.count + message.authorities.count + message.additionals.count
    guard count > 0 || message.edns != nil else { return nil }
    let isUsual = message.questions.count == 1 && message.questions[0].questionClass == .internet
    let because = "names, types and lengths in them lead exactly to their end"
    return BytesGuess(.dns, isUsual ? .certain : .likely, because)
  }

  private static func text(_ bytes: [UInt8]) -> BytesGuess? {
    // The start may end inside a character.
    let start = bytes.prefix(limit)
    let isCut = start.count < bytes.count
    guard let text = String(validating: isCut ? start.dropLast(cutTail(start)) : start, as: UTF8.self) else {
      return nil
    }
    let controls = text.unicodeScalars.prefix(4096).lazy.filter { $0.value < 32 && ![9, 10, 13].contains($0.value) }
      .count
    guard controls == 0 else { return nil }
    return BytesGuess(.text, .likely, "they are valid UTF-8 without control characters")
  }

  /// How many bytes at the end begin a character that may go on.
  private static func cutTail(_ bytes: ArraySlice<UInt8>) -> Int {
    let tail = bytes.suffix(3).reversed().prefix { $0 & 0xC0 == 0x80 }.count
    let lead = bytes.dropLast(tail).last ?? 0
    return lead >= 0xC0 ? tail + 1 : 0
  }

  /// Text of bytes of any kind, for a look at the first line.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
