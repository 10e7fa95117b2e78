import Interpreter
import Net
import Wire

/// What is to be said of a packet: each field of its headers, what it carries, and what it probably is for.
enum PacketFacts {
  /// Explains a packet, or a frame with one; `depth` is how many packets are around it, as an error of ICMP quotes one.
  static func of(_ bytes: [UInt8], from start: Int = 0, depth: Int = 0) -> [Fact] {
    let packet: Packet
    do throws(PacketError) {
      packet = try Packet(parsing: bytes[...], from: depth > 0 ? .ip : nil)
    } catch {
      var fact = Fact("unreadable", error.message, "no header of a packet stands here", "RFC 791 §3.1")
      fact.offset = start
      return [fact]
    }
    let isIPv4 = packet.addresses?.source.isIPv4 ?? true
    var facts: [Fact] = []
    for layer in packet.layers {
      let place = start + layer.range.lowerBound
      facts += layer.fields.map { field in
        let verdict = field.name == "checksum" ? layer.checksum : nil
        return row(field, from: place, verdict, isIPv4: isIPv4)
      }
      let bytes = counted(layer.range.count, "byte")
      guard layer.fields.isEmpty else { continue }
      var fact = Fact(layer.name, bytes, carried[layer.name] ?? "")
      fact.offset = place
      facts.append(fact)
      if layer.name == "data" { facts += payload(packet, from: place, depth) }
    }
    if let problem = packet.problem {
      facts.append(Fact("unreadable", problem.headline, "its bytes are taken as data", ""))
    }
    if packet.missing > 0 { facts.append(Fact("missing", "\(packet.missing) bytes", "that the header of IP counts")) }
    return facts + readings(packet)
  }

  private static let carried = [
    "data": "what the packet is for", "trailer": "behind the packet: padding of a short frame, or its check",
    "surplus": "behind the datagram, within the packet",
  ]

  /// Explains what a packet carries, if it is something that is known here.
  private static func payload(_ packet: Packet, from start: Int, _ depth: Int) -> [Fact] {
    let guess = BytesFacts.guess(packet.data)
    switch packet.transport {
    case .icmp(let message)? where message.kind.isError && depth == 0:
      return of(packet.data, from: start, depth: 1).filter { !$0.isReading }.map { $0.at("quoted") }
    case .udp? where guess.form == .dns && guess.start == 0:
      return BytesFacts.dns(packet.data, from: start).map { $0.at("DNS") }
    case .tcp? where guess.form == .dns && guess.start == 2:
      return BytesFacts.dns(Array(packet.data.dropFirst(2)), from: start + 2).map { $0.at("DNS") }
    case .tcp? where guess.form == .tls: return BytesFacts.tls(packet.data, from: start).map { $0.at("TLS") }
    case .tcp? where guess.form == .http:
      return ((try? BytesFacts.http(packet.data, from: start, isHeadOnly: true)) ?? []).map { $0.at("HTTP") }
    default: return []
    }
  }

  // MARK: A field

  /// Makes a row of a field; `start` is the first byte of its header.
  private static func row(
    _ field: HeaderField, from start: Int, _ verdict: ChecksumVerdict?, isIPv4: Bool
  ) -> Fact {
    let value =
      switch field.content {
      case .number(let number): "\(number)"
      case .address(let address): "\(address)"
      case .mac(let mac): "\(mac)"
      case .flag(let isSet): isSet ? "1" : "0"
      case .text(let text): text
      case .bytes(let bytes): BaseEncoding.hex.encode(bytes)
      }
    var fact = Fact(
      "\(field.header), \(field.name)", ScalarFacts.shortened(value), verdict.map { "\($0)" } ?? field.meaning,
      place(field, isIPv4: isIPv4))
    fact.offset = start + field.bit / 8
    return fact
  }

  /// Where a field is written down.
  private static func place(_ field: HeaderField, isIPv4: Bool) -> String {
    switch (field.header, field.name) {
    case ("ip", "dscp"): "RFC 2474 §3"
    case ("ip", "ecn"): "RFC 3168 §5"
    case ("ip", "flow-label"): "RFC 6437 §2"
    case ("ip", _): isIPv4 ? "RFC 791 §3.1" : "RFC 8200 §3"
    case ("tcp", "option"): "RFC 9293 §3.2"
    case ("tcp", _): "RFC 9293 §3.1"
    case ("udp", _): "RFC 768"
    case ("icmp", _): "RFC 792"
    case ("icmpv6", _): "RFC 4443 §2.1"
    case ("arp", _): "RFC 826"
    case ("ethernet", _): "RFC 894"
    default: "RFC 8200 §4"
    }
  }

  // MARK: What it is for

  private static func readings(_ packet: Packet) -> [Fact] {
    var readings: [Fact] = []
    func add(_ value: String, _ about: String, _ place: String = "") {
      readings.append(Fact("meaning", value, about, place, isReading: true))
    }
    switch packet.transport {
    case .tcp(let header)?:
      let flags = Set(header.flags)
      if flags.contains("RST") {
        add("RST", "refused, or broken off: the sender knows of no such connection", "RFC 9293 §3.5.2")
      } else if flags.isSuperset(of: ["SYN", "ACK"]) {
        add("SYN, ACK", "somebody listens on port \(header.sourcePort) and takes the connection", "RFC 9293 §3.5")
      } else if flags.contains("SYN") {
        add("SYN", "the first segment of a connection to port \(header.destinationPort)", "RFC 9293 §3.5")
      } else if flags.contains("FIN") {
        add("FIN", "the sender has no more to say", "RFC 9293 §3.6")
      } else if packet.data.isEmpty, flags == ["ACK"] {
        add("ACK", "all before byte \(header.acknowledgement) has arrived", "RFC 9293 §3.4")
      }
    case .icmp(let message)?:
      add(message.kind.title, message.kind.isError ? "about the packet that it quotes" : "of ICMP itself")
    case .udp?, nil: break
    }
    guard case .ip(let header)? = packet.network else { return readings }
    let left: UInt8 =
      switch header {
      case .v4(let header): header.ttl
      case .v6(let header, _): header.hopLimit
      }
    // Senders begin with one of a few numbers (RFC 1700 has 64).
    let start: Int = left > 128 ? 255 : left > 64 ? 128 : 64
    add(
      "TTL \(left)",
      left == UInt8(start)
        ? "it passed no router yet" : "perhaps sent with \(start), and \(start - Int(left)) routers ago")
    return readings
  }
}

extension Fact {
  /// The same within a larger thing, at its place there.
  fileprivate func at(_ whole: String) -> Fact {
    var fact = within(whole)
    fact.offset = offset
    fact.left = left
    return fact
  }
}
