import Net
import TestSupport
import Testing
import Transport
import Wire

@testable import TLS

/// The engine at both ends, with memory instead of a wire.
@Suite struct EngineTests {
  @Test(arguments: [TLSVersion.tls12, .tls13]) func bothEndsAgreeHoweverTheWireIsCut(version: TLSVersion) throws {
    for step in [1, 3, 17, 1_000, Int.max] {
      let pair = try Pair {
        $0.maximum = version
      } server: {
        $0.protocols = ["h2", "http/1.1"]
      }
      try pair.shakeHands(step: step)
      let info = pair.client.info()
      #expect(info.version == (version == .tls13 ? "TLSv1.3" : "TLSv1.2"))
      #expect(info.alpn == "http/1.1" && pair.server.info().alpn == "http/1.1")
      #expect(pair.server.info().sni == "localhost")
      #expect(info.chain.map(\.subject) == ["CN=localhost"] && info.faults.isEmpty && info.wasVerified)
      #expect(info.chain.first?.names.map(\.text) == ["localhost", "127.0.0.1"])
      #expect(!info.isResumed)

      let text = Array("to the server".utf8)
      #expect(pair.server.open(try pair.client.seal(text)).plain == text)
      let much = [UInt8](repeating: 0x5a, count: 300_000)
      var came: [UInt8] = []
      var wire = try pair.server.seal(much)[...]
      while !wire.isEmpty {
        came += pair.client.open(Array(wire.prefix(step == 1 ? 999 : step))).plain
        wire = wire.dropFirst(step == 1 ? 999 : step)
      }
      #expect(came == much)
    }
  }

  @Test func theEndIsToldFromACut() throws {
    let pair = try Pair()
    try pair.shakeHands()
    let sealed = try pair.client.seal([1, 2, 3])
    let end = try pair.client.finish()
    let opened = pair.server.open(sealed + end)
    #expect(opened.plain == [1, 2, 3] && opened.isEnd && opened.failure == nil)
    // A half-close: the other direction goes on (RFC 8446 §6.1).
    #expect(pair.client.open(try pair.server.seal([4])).plain == [4])
    let cut = pair.client.open([])
    #expect(!cut.isEnd && cut.failure?.code == "tls-truncated")
    #expect(pair.server.open([]).isEnd)
  }

  @Test func aChangedRecordIsRefusedAndWhatCameBeforeIsKept() throws {
    for version in [TLSVersion.tls12, .tls13] {
      let pair = try Pair { $0.maximum = version }
      try pair.shakeHands()
      let first = try pair.client.seal([1, 2, 3])
      var second = try pair.client.seal([4, 5, 6])
      second[second.count - 1] ^= 1
      let opened = pair.server.open(first + second)
      #expect(opened.plain == [1, 2, 3])
      #expect(opened.failure?.code == "tls-violation" && !opened.reply.isEmpty)
      // The alert tells the other side.
      #expect(pair.client.open(opened.reply).failure?.code == "tls-alert-bad-record-mac")
      #expect(throws: ProtectionError.self) { try pair.client.seal([7]) }
    }
  }

  @Test func everyFlippedByteOfAHandshakeIsAnErrorOfItsOwn() throws {
    let pair = try Pair()
    let hello = pair.client.shakeHands([]).reply
    for place in hello.indices {
      var changed = hello
      changed[place] ^= 0x41
      let server = try pair.context.server.session()
      let progress = server.shakeHands(changed)
      // Some changes matter only to the hash of all messages at the end.
      if let failure = progress.failure { #expect(!TLSError(.handshake(with: "x"), failure).message.isEmpty) }
      #expect(!progress.isDone)
    }
  }

  @Test func handshakesCutAtEachLengthOnlyWait() throws {
    let pair = try Pair()
    let hello = pair.client.shakeHands([]).reply
    let answer = pair.server.shakeHands(hello).reply
    for length in stride(from: 1, to: answer.count, by: 7) {
      let client = try pair.context.client.session(with: pair.target)
      _ = client.shakeHands([])
      let progress = client.shakeHands(Array(answer[..<length]))
      #expect(!progress.isDone)
    }
  }

  @Test func sessionsAreResumedForTheSameNameOnly() throws {
    for version in [TLSVersion.tls12, .tls13] {
      let first = try Pair { $0.maximum = version }
      try first.shakeHands()
      let ticket = try #require(first.client.ticket)
      let again = try Pair(like: first, ticket: ticket)
      try again.shakeHands()
      #expect(again.client.info().isResumed && again.server.info().isResumed)
      #expect(again.client.info().chain.map(\.subject) == ["CN=localhost"])
      var other = first.target
      other.ticket = ticket
      other.expected = .name("other.test")
      let error = #expect(throws: TLSError.self) { try first.context.client.session(with: other) }
      #expect(error?.code == "tls-not-resumable")
    }
  }

  @Test func keysCanBeUpdatedInTLS13() throws {
    let pair = try Pair()
    try pair.shakeHands()
    let update = try pair.client.updateKeys(asksPeer: true)
    let sealed = try pair.client.seal([9])
    let opened = pair.server.open(update + sealed)
    #expect(opened.plain == [9])
    #expect(pair.client.open(opened.reply + (try pair.server.seal([8]))).plain == [8])
    #expect(pair.client.takeMessages().contains { $0.sentence.hasPrefix("KeyUpdate") && !$0.isOurs })
    let old = try Pair { $0.maximum = .tls12 }
    try old.shakeHands()
    #expect(throws: TLSError.self) { try old.client.updateKeys(asksPeer: false) }
  }

  @Test func clientsShowCertificatesWhereTheyAreWanted() throws {
    let identity = try Pair.identity("client.test")
    let authority = String(decoding: identity.certificates, as: UTF8.self)
    let pair = try Pair {
      $0.identity = identity
    } server: {
      $0.authorities = authority
    }
    try pair.shakeHands()
    #expect(pair.server.info().chain.map(\.subject) == ["CN=client.test"] && pair.server.info().wasVerified)
    let bare = try Pair { _ in
    } server: {
      $0.authorities = authority
    }
    let error = #expect(throws: TLSError.self) { try bare.shakeHands() }
    #expect(["certificate-missing", "tls-alert-certificate-required"].contains(error?.code ?? ""))
  }

  @Test func settingsThatCannotBeUsedAreSaid() throws {
    var settings = TLSSettings()
    settings.ciphers = "no-such-cipher"
    #expect(throws: TLSError.self) { try TLSContext.client(settings) }
    settings = TLSSettings()
    settings.groups = "no-such-group"
    #expect(throws: TLSError.self) { try TLSContext.client(settings) }
    settings = TLSSettings()
    settings.authorities = "/nowhere/ca.pem"
    let error = #expect(throws: TLSError.self) { try TLSContext.client(settings) }
    #expect(error?.code == "bad-tls-setting" && error?.message.contains("ENOENT") == true)
    #expect(throws: TLSError.self) { try TLSContext.server(TLSSettings()) }
    let (one, two) = (try Pair.identity("a.test"), try Pair.identity("b.test"))
    settings = TLSSettings()
    settings.identity = TLSIdentity(certificates: one.certificates, key: two.key)
    #expect(throws: TLSError.self) { try TLSContext.server(settings) }
  }

  @Test func thereIsNothingInCommonOrNoVersion() throws {
    let ciphers = try Pair {
      $0.ciphers = "TLS_AES_128_GCM_SHA256"
    } server: {
      $0.ciphers = "TLS_AES_256_GCM_SHA384"
    }
    #expect(#expect(throws: TLSError.self) { try ciphers.shakeHands() }?.code == "handshake-failure")
    let versions = try Pair {
      $0.minimum = .tls13
    } server: {
      $0.maximum = .tls12
    }
    let code = #expect(throws: TLSError.self) { try versions.shakeHands() }?.code
    #expect(["tls-version", "tls-alert-protocol-version"].contains(code ?? ""))
    let protocols = try Pair {
      $0.protocols = ["x"]
    } server: {
      $0.protocols = ["y"]
    }
    let alpn = #expect(throws: TLSError.self) { try protocols.shakeHands() }?.code
    #expect(["handshake-failure", "tls-alert-no-application-protocol"].contains(alpn ?? ""))
  }

  @Test func certificatesOfEveryKindServe() throws {
    for kind in CertificateRequest.Key.allCases where kind != .rsa4096 {
      let pair = try Pair(identity: Pair.identity("localhost", kind))
      try pair.shakeHands()
      #expect(pair.client.info().chain.first?.keyBits ?? 0 > 200, "\(kind)")
    }
  }
}
