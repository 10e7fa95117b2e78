import Net
import TestSupport
import Testing

@testable import Wire

/// Records and messages of TLS: what OpenSSL's peers said, and the adversary.
@Suite struct TLSTests {
  private func bytes(_ sample: TLSSamples.Sample) throws -> [UInt8] { try BaseEncoding.hex.decode(sample.hex.utf8) }

  @Test func everyMessageHasTheNameThatOpenSSLGivesIt() throws {
    for sample in TLSSamples.all {
      let message = try TLSHandshake.parse(bytes(sample), version: sample.version)
      #expect(message.name == sample.name)
      #expect(message.sentence.hasPrefix(sample.name + ": "))
    }
  }

  @Test func theClientHelloSaysWhatWasAskedFor() throws {
    let sample = try #require(TLSSamples.all.first { $0.name == "ClientHello" })
    guard case .clientHello(let hello) = try TLSHandshake.parse(bytes(sample), version: .tls12) else {
      Issue.record("not a ClientHello")
      return
    }
    #expect(hello.serverName == "www.example.test")
    #expect(hello.applicationProtocols == ["h2", "http/1.1"])
    #expect(hello.versions == [.tls13, .tls12, .tls11, .tls10])
    #expect(hello.groups.map(TLSNames.group).first == "x25519")
    #expect(TLSNames.cipher(hello.ciphers[0]) == "TLS_AES_256_GCM_SHA384")
    #expect(hello.signatures.map(TLSNames.signature).contains("ecdsa_secp256r1_sha256"))
    #expect(!hello.offersResumption)
  }

  @Test func theServerHelloSaysWhatWasChosen() throws {
    var chosen: [String] = []
    for sample in TLSSamples.all where sample.name == "ServerHello" {
      guard case .serverHello(let hello) = try TLSHandshake.parse(bytes(sample), version: sample.version) else {
        continue
      }
      chosen.append("\(hello.version) \(TLSNames.cipher(hello.cipher)) \(hello.group.map(TLSNames.group) ?? "-")")
      #expect(!hello.isRetryRequest)
    }
    #expect(
      chosen == [
        "TLS 1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 -", "TLS 1.3 TLS_AES_256_GCM_SHA384 x25519",
      ])
  }

  /// RFC 8448 §5 gives the random of a HelloRetryRequest in full.
  @Test func aRetryRequestIsKnownByItsRandom() throws {
    let random = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"
    let body = "0303" + random + "00" + "1301" + "00" + "000c" + "002b00020304" + "003300020017"
    let message = try BaseEncoding.hex.decode(("02" + "000034" + body).utf8)
    #expect(try TLSHandshake.parse(message, version: .tls13).name == "HelloRetryRequest")
    #expect(try TLSHandshake.parse(message, version: .tls13).sentence.contains("key share for secp256r1"))
  }

  @Test func cutTrailingAndFlippedMessagesAreReadOrRefused() throws {
    for sample in TLSSamples.all {
      let whole = try bytes(sample)
      for length in 0..<whole.count {
        #expect(throws: TLSFault.self) { try TLSHandshake.parse(Array(whole[..<length]), version: sample.version) }
      }
      #expect(throws: TLSFault.trailingBytes) { try TLSHandshake.parse(whole + [0], version: sample.version) }
      for place in whole.indices {
        for bit in 0..<8 {
          var flipped = whole
          flipped[place] ^= 1 << bit
          // Whatever it says now, it is read or refused.
          do throws(TLSFault) {
            _ = try TLSHandshake.parse(flipped, version: sample.version).sentence
          } catch {
            #expect([.tooShort, .trailingBytes].contains(error))
          }
        }
      }
    }
  }

  @Test func recordsComeOutHoweverTheyAreCut() throws {
    let payloads = [[UInt8](repeating: 7, count: 16_384), [], [1, 2, 3]]
    let contents: [TLSRecord.Content] = [.applicationData, .changeCipherSpec, .alert]
    var stream: [UInt8] = []
    for (content, payload) in zip(contents, payloads) {
      stream += [UInt8(content.rawValue), 3, 3, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)] + payload
    }
    for step in [1, 2, 5, 7, 1_000, stream.count] {
      var reader = TLSRecordReader()
      var found: [TLSRecord] = []
      var rest = stream[...]
      while !rest.isEmpty {
        reader.receive(Array(rest.prefix(step)))
        rest = rest.dropFirst(step)
        while let record = try reader.next() { found.append(record) }
      }
      #expect(found.map(\.content) == contents)
      #expect(found.map(\.payload) == payloads)
      #expect(reader.unconsumed.isEmpty)
    }
  }

  @Test func whatIsNoRecordIsRefusedAtOnce() {
    for text in ["HTTP/1.1 400 Bad Request\r\n", "220 mail.example.test ESMTP\r\n", "SSH-2.0-x\r\n", "\u{16}\u{2}"] {
      var reader = TLSRecordReader()
      reader.receive(Array(text.utf8))
      #expect(throws: TLSFault.notTLS) { try reader.next() }
    }
    var reader = TLSRecordReader()
    reader.receive([22, 3, 1, 0xff, 0xff])
    #expect(throws: TLSFault.recordTooLong(65_535)) { try reader.next() }
  }

  @Test func namesOfCiphersAreThoseOfIANA() throws {
    let listed = try Program("openssl", "ciphers", "-stdname", "-V", "ALL:COMPLEMENTOFALL:@SECLEVEL=0").finish().output
    let lines = String(decoding: listed, as: UTF8.self).split(separator: "\n")
    #expect(lines.count > 100)
    for line in lines {
      let words = line.split(separator: " ")
      let number = words[0].split(separator: ",").compactMap { Int($0.dropFirst(2), radix: 16) }
      #expect(TLSNames.cipher(number[0] << 8 | number[1]) == String(words[2]))
    }
  }

  @Test func alertsAreNamedWithTheirMeaning() {
    #expect(
      TLSAlert([2, 40])?.sentence
        == "fatal alert handshake_failure (40): the two found nothing in common to agree on (RFC 8446 §6.2)")
    #expect(TLSAlert([1, 0])?.sentence.hasPrefix("warning alert close_notify (0): ") == true)
    #expect(TLSAlert([2, 250])?.name == "alert_250")
    #expect(TLSAlert([2]) == nil && TLSAlert([1, 2, 3]) == nil)
  }

  @Test func versionsAreReadAsPeopleWriteThem() {
    #expect(["1.2", "TLS1.3", "tls 1.0", "TLSv1.1"].map { TLSVersion($0) } == [.tls12, .tls13, .tls10, .tls11])
    #expect(TLSVersion("1.4") == nil && TLSVersion("") == nil && TLSVersion("SSL3") == nil)
  }
}
