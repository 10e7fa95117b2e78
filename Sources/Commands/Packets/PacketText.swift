import Net
import Wire

/// A packet for people: each header field by field, with the bytes of each field before it, and its data as a hexdump.
struct PacketText {
  private let packet: Packet
  private let bytes: [UInt8]
  private let width: Int
  /// How many rows of data are shown.
  private let dataRows: Int

  /// - Parameter width: columns, of which at least 60 are used.
  init(_ packet: Packet, _ bytes: [UInt8], width: Int, dataRows: Int = 8) {
    self.packet = packet
    self.bytes = bytes
    self.width = max(60, width)
    self.dataRows = dataRows
  }

  var lines: [String] {
    var lines: [String] = []
    for layer in packet.layers {
      if !lines.isEmpty { lines.append("") }
      lines += title(layer)
      if layer.fields.isEmpty {
        lines += Self.dump(bytes[layer.range.clamped(to: 0..<bytes.count)], rows: dataRows)
      } else {
        for field in layer.fields { lines += row(field, of: layer) }
      }
    }
    if let problem = packet.problem { lines.append("! " + problem.headline) }
    if packet.missing > 0 { lines.append("! \(packet.missing) bytes that the header of IP counts are not here") }
    return lines
  }

  /// Bytes as rows of a hexdump, and how many more there are.
  static func dump(_ bytes: ArraySlice<UInt8>, rows: Int) -> [String] {
    let dump = Hexdump(bytes)
    guard dump.count > rows else { return dump.lines }
    return dump.prefix(rows).map(\.description) + ["… \(bytes.count - rows * 16) more bytes …"]
  }

  private func title(_ layer: PacketLayer) -> [String] {
    let names = [
      "ethernet": "Ethernet", "arp": "ARP", "tcp": "TCP", "udp": "UDP", "icmp": "ICMP", "icmpv6": "ICMPv6",
      "ip": packet.addresses?.source.isIPv4 ?? true ? "IPv4" : "IPv6",
    ]
    let place = layer.range.lowerBound == 0 ? "" : " from \(layer.range.lowerBound)"
    return ["\(names[layer.name] ?? layer.name), \(counted(layer.range.count, "byte"))\(place)"]
  }

  // MARK: A field

  private static let nameWidth = 16
  private static let hexWidth = 17
  /// What stands before value and meaning: the place, the bytes and the name, with blanks between.
  private static let indent = 6 + hexWidth + 2 + nameWidth + 1

  private func row(_ field: HeaderField, of layer: PacketLayer) -> [String] {
    var value = value(field)
    let meaning = field.name == "checksum" ? layer.checksum?.description ?? field.meaning : field.meaning
    if !meaning.isEmpty { value += value.isEmpty ? meaning : "  " + meaning }
    let words = Self.wrap(value, width - Self.indent)
    let hex = hex(field, from: layer.range.lowerBound)
    let place = layer.range.lowerBound + field.bit / 8
    return (0..<max(words.count, hex.count)).map { index in
      let first = index == 0 ? "\(place)".indented(to: 4) : "    "
      let name = index == 0 ? field.name : ""
      let line =
        first + "  " + (index < hex.count ? hex[index] : "").padded(to: Self.hexWidth) + "  "
        + name.padded(to: Self.nameWidth) + " "
        + (index < words.count ? words[index] : "")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The bytes of a field six a line; of one that is no whole bytes its bits, the others as dots.
  private func hex(_ field: HeaderField, from start: Int) -> [String] {
    let bits = start * 8 + field.bit..<start * 8 + field.bit + field.width
    let range = (bits.lowerBound / 8..<(bits.upperBound + 7) / 8).clamped(to: 0..<bytes.count)
    let covered = bytes[range]
    guard field.bit % 8 != 0 || field.width % 8 != 0, range.count <= 2 else {
      let digits = covered.map(\.hex)
      return stride(from: 0, to: digits.count, by: 6).map {
        digits[$0..<min($0 + 6, digits.count)].joined(separator: " ")
      }
    }
    let places = range.map { index in
      (0..<8).map { bit in
        bits.contains(index * 8 + bit) ? (bytes[index] >> UInt8(7 - bit) & 1 == 1 ? "1" : "0") : "."
      }.joined()
    }
    return [places.joined(separator: " ")]
  }

  private func value(_ field: HeaderField) -> String {
    switch field.content {
    case .number(let number) where field.name == "checksum" || field.name == "type" && field.width == 16:
      let digits = String(number, radix: 16)
      return "0x" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    case .number(let number): return String(number)
    case .address(let address): return "\(address)"
    case .mac(let mac): return "\(mac)"
    case .flag(let isSet): return isSet ? "set" : "not set"
    case .text(let text): return text
    case .bytes(let bytes): return "\(bytes.count) bytes"
    }
  }

  /// Breaks a text between words into lines of so many columns; a longer word stands out, unless it is to be divided.
  static func wrap(_ text: String, _ width: Int, divides: Bool = false) -> [String] {
    var lines: [String] = []
    var line = ""
    for var word in text.split(separator: " ", omittingEmptySubsequences: false) {
      while divides, width > 0, word.utf8.count > width, word.count > 1 {
        let room = line.isEmpty ? width : width - line.utf8.count - 1
        // Where nearly nothing has room behind the words before, it begins on a line of its own.
        let part = word.prefix(max(1, room))
        if !line.isEmpty { lines.append(room < 4 ? line : line + " " + part) } else { lines.append(String(part)) }
        if line.isEmpty || room >= 4 { word = word.dropFirst(part.count) }
        line = ""
      }
      if line.isEmpty {
        line = String(word)
      } else if line.utf8.count + 1 + word.utf8.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return lines + [line]
  }
}
