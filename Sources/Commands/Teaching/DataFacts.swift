import Interpreter
import Net
import Wire

/// What is to be said of bytes that no decoder here reads: how they begin, and of which format that is the mark.
enum DataFacts {
  static func of(_ bytes: [UInt8]) -> [Fact] {
    guard !bytes.isEmpty else { return [] }
    let start = BaseEncoding.hex.encode(Array(bytes.prefix(16)))
    var facts = [Fact("begins", start + (bytes.count > 16 ? "…" : ""), "the first bytes, in hexadecimal")]
    for mark in marks where bytes.starts(with: mark.bytes) {
      facts.append(Fact("format", mark.name, mark.next, mark.place, isReading: true))
    }
    var seen = Set<UInt8>()
    for byte in bytes { seen.insert(byte) }
    facts.append(Fact("values", "\(seen.count)", "different ones of the 256 that a byte can have"))
    if bytes.count >= 1024, seen.count == 256, facts.count == 2 {
      facts.append(Fact("meaning", "encrypted or compressed", "all values of a byte occur", isReading: true))
    }
    return facts
  }

  /// How formats begin.
  private static let marks: [(bytes: [UInt8], name: String, next: String, place: String)] = [
    ([0x1F, 0x8B, 0x08], "gzip", "`from gzip` unpacks it", "RFC 1952 §2.3"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "`from zstd` unpacks it", "RFC 8878 §3.1.1"),
    ([0x78, 0x01], "zlib", "`from deflate` unpacks it", "RFC 1950 §2.2"),
    ([0x78, 0x9C], "zlib", "`from deflate` unpacks it", "RFC 1950 §2.2"),
    ([0x78, 0xDA], "zlib", "`from deflate` unpacks it", "RFC 1950 §2.2"),
    ([0x89, 0x50, 0x4E, 0x47], "PNG", "a picture", "RFC 2083 §3.1"),
    ([0x30, 0x82], "DER", "a structure of ASN.1: perhaps a certificate; `tls cert` reads one", "RFC 5280 §4.1"),
    ([0x7F, 0x45, 0x4C, 0x46], "ELF", "a program for Linux", ""), ([0x50, 0x4B, 0x03, 0x04], "ZIP", "an archive", ""),
    ([0xFF, 0xD8, 0xFF], "JPEG", "a picture", ""),
    ([0x0A, 0x0D, 0x0D, 0x0A], "pcapng", "recorded packets; Wireshark opens it", ""),
    ([0xD4, 0xC3, 0xB2, 0xA1], "pcap", "recorded packets; Wireshark opens it", ""),
    ([0x00, 0x01, 0x00, 0x00, 0x00], "TrueType", "a font", ""),
  ]
}
