import Clients
import Interpreter
import Net
import System
import TLS
import Transport
import Wire

/// The gathering of evidence about one failure: bounded in time, open to Ctrl-C, and never a request made twice.
struct Inquiry {
  let trouble: Trouble
  let machine: Machine
  /// Without taps, so that `wire` still shows the exchange that failed, and without the map, since addresses are asked.
  let context: NetworkContext
  var evidence = Evidence()
  private let patience: TimeSpan

  init(_ trouble: Trouble, _ machine: Machine, _ timeout: TimeSpan) {
    self.trouble = trouble
    self.machine = machine
    patience = timeout
    var context = machine.network.context(machine, timeout: timeout)
    context.taps = []
    context.map = NameMap()
    self.context = context
  }

  /// Notes what is known without asking anybody, then asks; `isOffline` leaves out whatever sends a packet.
  mutating func run(isOffline: Bool) throws {
    noteError()
    if isOfExchange { noteRecording() }
    try noteMachine()
    guard !isOffline, isWorthAsking else { return }
    machine.session.output.note("why: asks names, ports and hosts for at most \(patience); Ctrl-C stops it")
    try step("the name") { $0.askNames() }
    if (trouble.name ?? evidence.lookUp)?.code == "SERVFAIL" {
      try step("the zones above the name") { $0.followDelegation() }
    }
    if trouble.path == nil, let address = address, trouble.doing != .listening {
      if !isFarther { try step("the port") { $0.probe(address) } }
      if evidence.port?.state == .filtered || isUnreachable { try step("the host") { $0.askWhetherThere(address) } }
      // The kernel knows of the neighbour once it was asked for.
      noteNeighbour(of: address)
      try step("TLS") { $0.tryHandshake(with: address) }
      if isStalled { try step("large packets") { $0.weighPackets(to: address) } }
      if trouble.dns != nil { try step("the name server") { $0.askServer() } }
    }
  }

  /// Takes a step if there is time for it; Ctrl-C ends all.
  private mutating func step(_ name: String, _ take: (inout Inquiry) -> Void) throws {
    try machine.checkpoint()
    guard !context.deadline.isOver else {
      return evidence.note("limit", "no time was left to ask about \(name)", "clock")
    }
    take(&self)
    try machine.checkpoint()
  }

  /// The address it went to: as the error has it, or the first that the name has now.
  var address: Address? { trouble.endpoint?.address ?? evidence.addresses.first }

  /// Whether bytes were exchanged; also before what came was not the data that it should have been.
  private var isOfExchange: Bool {
    trouble.violation != nil || trouble.url != nil || trouble.doing == .receiving || trouble.tls != nil
      || trouble.code.hasPrefix("not-")
  }

  /// Whether anybody outside of this machine's kernel knows more.
  private var isWorthAsking: Bool {
    trouble.path == nil && trouble.doing != .listening && (trouble.endpoint != nil || trouble.host != nil)
  }

  /// Whether the connection was there already, so that what failed lies above it.
  private var isFarther: Bool {
    trouble.layerIsUDP || trouble.status != nil || trouble.violation.map { $0.code != "eof" } ?? false
  }

  /// Whether a connection stood and nothing came over it any more.
  private var isStalled: Bool {
    trouble.isTimeout && !trouble.layerIsUDP && !evidence.isLocal && [.receiving, .sending].contains(trouble.doing)
  }

  private var isUnreachable: Bool {
    evidence.port?.state == .unreachable || trouble.layerIsUDP && (trouble.isTimeout || trouble.code == "EHOSTUNREACH")
  }

  /// How long a step may take of what is left, nanoseconds.
  func share(_ part: Double, atMost most: Int64) -> TimeSpan {
    let left = context.deadline.remaining ?? most
    return TimeSpan(nanoseconds: max(1_000_000, min(most, Int64(Double(left) * part))))
  }

  /// Notes what the error itself says, layer by layer.
  private mutating func noteError() {
    for layer in trouble.error.layers { evidence.note(layer.layer.rawValue, layer.message, "error") }
    if let endpoint = trouble.endpoint {
      let service = Endpoint.serviceName(endpoint.port).map { ", \($0)" } ?? ""
      evidence.note("port", "\(endpoint.port) is one of 0 to 65535\(service)", "error")
      if let address = endpoint.address, address.kind != .global {
        evidence.note("address", "\(address) is \(address.kind.rawValue)", "error")
      }
    }
    if let fault = trouble.certificateFault {
      if let from = fault.notBefore, let to = fault.notAfter {
        evidence.note("certificate", "valid from \(from) to \(to)", "error")
      }
      let now = Timestamp.now()
      evidence.note("clock", "\(Timestamp(secondsSince1970: now.secondsSince1970) ?? now)", "clock")
      if let built = Self.built, Timestamp.now().secondsSince1970 < built.secondsSince1970 {
        evidence.isClockEarly = true
        evidence.note("clock", "it is before this program was built, \(built)", "files")
      }
    }
    if let status = trouble.status {
      for field in status.head.headers where Self.telling.contains(field.name.lowercased()) {
        evidence.note(field.name, field.value, "error")
      }
    }
  }

  /// When this program was written to its file.
  private static var built: Timestamp? { try? OpenFile.open("/proc/self/exe").modified }

  private static let telling: Set<String> = [
    "www-authenticate", "proxy-authenticate", "retry-after", "allow", "location", "server", "via", "content-type",
  ]
}

extension Trouble {
  var layerIsUDP: Bool { transport?.layer == .udp }

  var certificateFault: CertificateFault? {
    if case .certificate(let fault)? = tls?.reason { fault } else { nil }
  }
}
