import Testing

@testable import Wire

/// The explanation of records of TLS: every byte has its field, whatever the bytes.
@Suite struct TLSExplanationTests {
  /// A hello with a name, an alert, ChangeCipherSpec, what is sealed behind it, and data.
  private static let records: [UInt8] = {
    let name = Array("a.test".utf8)
    let names: [UInt8] = [0, 0, 0, 11, 0, 9, 0, 0, 6] + name
    let body: [UInt8] =
      [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 2, 0x13, 1, 1, 0, 0, UInt8(names.count)] + names
    let hello: [UInt8] = [1, 0, 0, UInt8(body.count)] + body
    return [22, 3, 1, 0, UInt8(hello.count)] + hello + [21, 3, 3, 0, 2, 2, 40, 20, 3, 3, 0, 1, 1]
      + [22, 3, 3, 0, 5, 9, 9, 9, 9, 9, 23, 3, 3, 0, 3, 1, 2, 3]
  }()

  @Test func everyByteHasAField() {
    let explanation = TLSExplanation(Self.records)
    #expect(explanation.fault == nil)
    var next = 0
    for annotation in explanation.annotations {
      #expect(annotation.range.lowerBound == next, "\(annotation)")
      next = annotation.range.upperBound
    }
    #expect(next == Self.records.count)
    let values = explanation.annotations.filter { $0.field.hasPrefix("extension") || $0.field.hasPrefix("alert") }.map(
      \.value)
    #expect(values == ["a.test", "fatal (2)", "handshake_failure (40)"])
    #expect(explanation.annotations.contains { $0.field == "record 4, sealed handshake" })
  }

  /// A message in two records is named where it begins and counted where it goes on (RFC 8446 §5.1).
  @Test func aMessageMayGoOnInTheNextRecord() {
    let bytes: [UInt8] = [22, 3, 3, 0, 6, 11, 0, 0, 5, 1, 2, 22, 3, 3, 0, 7, 3, 4, 5, 14, 0, 0, 0]
    let fields = TLSExplanation(bytes).annotations.map { "\($0.field): \($0.value)" }
    #expect(fields.contains("Certificate: the first 2 of 5 bytes"))
    #expect(fields.contains("rest of Certificate: 3 bytes") && fields.last == "ServerHelloDone: nothing")
  }

  /// Cut at each length and with each byte flipped: fields in order within the bytes, or a fault, and nothing else.
  @Test func whateverTheBytes() {
    for index in Self.records.indices {
      var flipped = Self.records
      flipped[index] ^= 0xFF
      for bytes in [Array(Self.records[..<index]), flipped] {
        let explanation = TLSExplanation(bytes)
        #expect(explanation.annotations.allSatisfy { $0.range.upperBound <= bytes.count })
      }
    }
  }
}
