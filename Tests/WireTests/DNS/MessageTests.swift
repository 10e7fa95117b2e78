import Net
import TestSupport
import Testing
import Wire

/// Messages as bytes: what RFCs print, and what must never be taken.
struct MessageTests {
  private func bytes(_ hex: String) throws -> [UInt8] { try BaseEncoding.hex.decode(hex.utf8) }

  /// A header for one question and so many answers.
  private func header(questions: UInt8 = 1, answers: UInt8 = 0, additionals: UInt8 = 0) -> [UInt8] {
    [0x12, 0x34, 0x81, 0x80, 0, questions, 0, answers, 0, 0, 0, additionals]
  }

  @Test func namesArePointedToAsInRFC1035Section414() throws {
    // F.ISI.ARPA, FOO.F.ISI.ARPA, ARPA and the root.
    let names = ["F.ISI.ARPA.", "FOO.F.ISI.ARPA.", "ARPA.", "."]
    var message = Message(id: 0)
    message.questions = try names.map { Question(name: try DomainName($0), type: .a) }
    let encoded = try message.encoded()
    #expect(try Message(encoded) == message)
    let wire = "0146 0349 5349 0441 5250 41 00 0001 0001  03 464F 4F C00C 0001 0001  C012 0001 0001  00 0001 0001"
    #expect(Array(encoded[12...]) == (try bytes(wire)))
  }

  @Test func pointersLeadBackOnly() throws {
    let loops = ["C00C", "C00E", "01 61 C00C", "C00D 00", "FFFF", "01 61 C00E C00C"]
    for name in loops {
      let message = header() + (try bytes(name + "0001 0001"))
      #expect(throws: DNSError.self, "\(name)") { try Message(message) }
    }
  }

  @Test func aNameHas255BytesAtMost() throws {
    let label = [63] + [UInt8](repeating: 0x61, count: 63)
    let longest = label + label + label + [61] + [UInt8](repeating: 0x61, count: 61) + [0]
    #expect(longest.count == 255)
    #expect(try Message(header() + longest + [0, 1, 0, 1]).questions[0].name.wire == longest)
    let tooLong = label + label + label + [62] + [UInt8](repeating: 0x61, count: 62) + [0, 0, 1, 0, 1]
    #expect(throws: DNSError(.longName, at: 12 + 192)) { try Message(header() + tooLong) }
  }

  @Test func manyLabelsThatPointOnEndAtOnce() throws {
    // 64 KiB of pointers, each to the one before: no name may be followed through all of them for ever.
    var message = header(questions: 0xFF) + [0]
    while message.count < 0x3FFE {
      message += [0xC0 | UInt8((message.count - 2) >> 8), UInt8((message.count - 2) & 0xFF)]
    }
    let clock = ContinuousClock()
    let time = clock.measure { _ = try? Message(message) }
    #expect(time < .seconds(5))
  }

  @Test(arguments: [
    "04 61 62", "40 61 00 0001 0001", "80 61 00 0001 0001", "00 00", "00 0001 0001 00",
  ])
  func whatIsCutOrOddIsRefused(_ rest: String) throws {
    let message = header() + (try bytes(rest))
    #expect(throws: DNSError.self) { try Message(message) }
  }

  @Test(arguments: [
    ("0001", "0003 010203"), ("0001", "0005 0102030405"), ("001C", "0004 01020304"), ("000F", "0002 0001"),
    ("0010", "0000"), ("0010", "0002 0561"), ("002F", "0004 00 00 00 01"), ("002F", "0003 00 00 21"),
    ("0101", "0002 0000"), ("0041", "0007 0001 00 0003 0001"), ("0041", "000B 0001 00 0002 0000 0001 0000"),
    ("001D", "0010 01 12 16 13 80000000 80000000 80000000"), ("006C", "0005 0102030405"), ("0006", "0002 0000"),
  ])
  func dataThatLiesAboutItsLengthIsRefused(_ type: String, _ data: String) throws {
    let message = header(questions: 0, answers: 1) + (try bytes("00 \(type) 0001 00000000 \(data)"))
    #expect(throws: DNSError.self) { try Message(message) }
  }

  @Test func anOPTRecordStandsOnceWithoutANameAtTheEnd() throws {
    let opt = try bytes("00 0029 04D0 00 00 8000 0000")
    let one = try Message(header(questions: 0, additionals: 1) + opt)
    #expect(one.edns == EDNS(payloadSize: 1232, dnssecOK: true))
    #expect(throws: DNSError.self) { try Message(header(questions: 0, additionals: 2) + opt + opt) }
    #expect(throws: DNSError.self) { try Message(header(questions: 0, answers: 1) + opt) }
    #expect(throws: DNSError.self) { try Message(header(questions: 0, additionals: 1) + [1, 0x61] + opt) }
  }

  @Test func extendedCodesHaveTwelveBits() throws {
    var message = Message.query(Question(name: .root, type: .ns), id: 7).reply()
    message.code = .badVersion
    #expect(try Message(message.encoded()).code == .badVersion)
  }

  @Test func whatDoesNotFitIsCutRecordByRecordAndMarked() throws {
    var message = Message.query(Question(name: try DomainName("example.test"), type: .a), id: 9).reply()
    message.answers = (0..<100).map {
      ResourceRecord(name: message.questions[0].name, ttl: 60, data: .address(Address(v4: UInt32($0))))
    }
    let cut = message.encoded(limit: 512)
    let read = try Message(cut)
    #expect(cut.count <= 512 && cut.count > 480 && read.flags.isTruncated && read.edns != nil)
    #expect(read.answers == Array(message.answers.prefix(read.answers.count)))
    #expect(!(try Message(message.encoded(limit: 65_535)).flags.isTruncated))
  }

  @Test func everySampleDecodesWholeAndNothingElseDoes() throws {
    var samples = DNSSamples(seed: 3)
    for _ in 0..<300 {
      let message = samples.message()
      let encoded = try message.encoded()
      #expect(try Message(encoded) == message)
      for length in 0..<encoded.count { #expect(throws: DNSError.self) { try Message(Array(encoded[..<length])) } }
      #expect(throws: DNSError.self) { try Message(encoded + [0]) }
      for index in encoded.indices {
        var flipped = encoded
        flipped[index] ^= UInt8(1 << samples.random.below(8))
        // Another message, or its own error; and what was read can be written and read again.
        if let other = try? Message(flipped) { #expect((try? Message(other.encoded())) == other) }
      }
    }
  }

  @Test func everyByteIsExplainedOnce() throws {
    var samples = DNSSamples(seed: 4)
    for _ in 0..<300 {
      let encoded = try samples.message().encoded()
      let (annotations, error) = Message.explain(encoded)
      #expect(error == nil)
      var next = 0
      for annotation in annotations {
        #expect(annotation.range.lowerBound == next)
        next = annotation.range.upperBound
      }
      #expect(next == encoded.count)
    }
    let (some, error) = Message.explain(header() + [3, 0x77])
    #expect(some.map(\.field).last == "number of additional records" && error?.reason == .cutOff)
  }
}
