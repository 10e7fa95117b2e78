import Interpreter
import Net
import Transport
import Wire

// What the recorder kept of the exchange that failed: it is looked at, never made again.

extension Inquiry {
  mutating func noteRecording() {
    let recorder = machine.network.recorder
    guard let number = recorder.connections.last(where: { isOfTrouble(recorder.steps(ofConnection: $0)) }) else {
      return
    }
    let steps = recorder.steps(ofConnection: number).filter { $0.end <= trouble.moment }
    let messages = steps.filter { $0.kind == .handshake }.map(\.detail)
    evidence.wantsClientCertificate = messages.contains { $0.hasPrefix("←") && $0.contains("CertificateRequest") }
    if !messages.isEmpty {
      let names = messages.map { $0.prefix { $0 != ":" } }
      evidence.note("handshake", names.joined(separator: ", "), "recording")
    }
    let isProtected = steps.contains { $0.kind == .open || $0.kind == .seal }
    let came = steps.filter { $0.kind == (isProtected ? .open : .recv) }
    let went = steps.filter { $0.kind == (isProtected ? .seal : .send) }
    evidence.received = came.reduce(0) { $0 + $1.byteCount }
    evidence.note("bytes", "\(went.reduce(0) { $0 + $1.byteCount }) sent, \(evidence.received) received", "recording")
    let bytes = Array(came.map(\.bytes).joined().prefix(65_536))
    if let line = bytes.split(separator: 0x0a, maxSplits: 1).first, let first = bytes.first,
      (0x20...0x7e).contains(first)
    {
      evidence.head = String(decoding: bytes.prefix(8_192), as: UTF8.self)
      let shown = line.prefix(60).filter { (0x20...0x7e).contains($0) }
      if !shown.isEmpty { evidence.note("begins", String(decoding: shown, as: UTF8.self), "recording") }
    }
    guard case .peer(let fault, let offset)? = trouble.violation else { return }
    evidence.note("violation", "\(fault.sentence) (\(fault.section))", "recording")
    guard offset <= bytes.count else { return }
    let around = bytes[max(0, offset - 12)..<min(bytes.count, offset + 12)]
    if !around.isEmpty {
      evidence.note("offset", "byte \(offset), among " + around.quoted, "recording")
    }
  }

  /// Whether steps are of what failed: made before, and to its endpoint where that is known.
  private func isOfTrouble(_ steps: [Step]) -> Bool {
    steps.contains { step in
      guard step.end <= trouble.moment, [.recv, .send, .connect].contains(step.kind) else { return false }
      guard let endpoint = trouble.endpoint, endpoint.address != nil else { return true }
      return step.remote?.endpoint == endpoint
    }
  }
}
