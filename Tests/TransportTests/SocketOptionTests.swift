import Net
import TestSupport
import Testing

@testable import Transport

/// The table of socket options against the constants that Python was built with, and values against their bytes.
@Suite struct SocketOptionTests {
  @Test func hasTheNumbersThatTheHeadersHave() throws {
    let program = """
      import socket, sys
      for line in sys.stdin:
          name = line.strip()
          print(getattr(socket, name, ""))
      """
    let answers = try Python.run(program, lines: SocketOption.all.map(\.name))
    var known = 0
    for (option, answer) in zip(SocketOption.all, answers) where !answer.isEmpty {
      #expect(answer == "\(option.number)", "\(option.name)")
      known += 1
    }
    #expect(known > 30)
    #expect(Set(SocketOption.all.map(\.name)).count == SocketOption.all.count)
  }

  @Test func findsOptionsByName() {
    #expect(SocketOption.named("SO_KEEPALIVE")?.name == "SO_KEEPALIVE")
    #expect(SocketOption.named("tcp_nodelay")?.name == "TCP_NODELAY")
    #expect(SocketOption.named("keepalive")?.name == "SO_KEEPALIVE")
    // IP_MTU and IPV6_MTU end so.
    #expect(SocketOption.named("mtu") == nil && SocketOption.named("") == nil && SocketOption.named("nope") == nil)
  }

  @Test(
    arguments: [
      ("SO_KEEPALIVE", .flag(true)), ("SO_RCVBUF", .size(65536)), ("IP_TTL", .number(9)),
      ("TCP_CONGESTION", .text("reno")), ("SO_LINGER", .span(nil)), ("SO_LINGER", .span(TimeSpan(seconds: 3))),
      ("SO_RCVTIMEO", .span(TimeSpan(nanoseconds: 1_500_000_000))), ("SO_RCVTIMEO", .span(nil)),
      ("TCP_KEEPIDLE", .span(TimeSpan(seconds: 90))), ("TCP_USER_TIMEOUT", .span(TimeSpan(nanoseconds: 1_000_000))),
    ] as [(String, SocketOption.Setting)]) func valuesSurviveTheirBytes(name: String, setting: SocketOption.Setting)
    throws
  {
    let option = try #require(SocketOption.named(name))
    let bytes = try #require(option.bytes(setting))
    #expect(option.setting(bytes) == setting)
    for length in 0..<bytes.count { _ = option.setting(Array(bytes.prefix(length))) }
  }

  @Test func refusesWhatDoesNotFit() throws {
    let idle = try #require(SocketOption.named("TCP_KEEPIDLE"))
    #expect(
      idle.bytes(.span(TimeSpan(nanoseconds: -1))) == nil && idle.bytes(.span(TimeSpan(nanoseconds: .max))) == nil)
    #expect(idle.bytes(.text("x")) == nil && idle.bytes(.flag(true)) == nil)
    let room = try #require(SocketOption.named("SO_RCVBUF"))
    #expect(room.bytes(.number(.max)) == nil && room.bytes(.size(.min)) == nil)
    #expect(try #require(SocketOption.named("SO_RCVTIMEO")).setting([UInt8](repeating: 0xff, count: 16)) != nil)
  }
}
