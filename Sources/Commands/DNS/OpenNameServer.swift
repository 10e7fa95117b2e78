import Interpreter
import Net
import Servers
import Synchronization

/// A name server as a value of the language.
final class OpenNameServer: Resource {
  private let service: DNSService
  private let zones: [String]
  private let interrupt: Interrupt
  private let ended = Atomic<Bool>(false)

  init(_ service: DNSService, zones: [String], interrupt: Interrupt) {
    self.service = service
    self.zones = zones
    self.interrupt = interrupt
  }

  var type: TypeName { .listener }

  var fields: Record {
    Record([
      "transport": .string("udp"), "local": .endpoint(service.local), "remote": .null,
      "state": .string(ended.load(ordering: .relaxed) ? "closed" : "serving"),
      "zones": .list(zones.map { .string($0) }), "queries": .int(service.count),
    ])
  }

  func close() {
    guard !ended.exchange(true, ordering: .relaxed) else { return }
    interrupt.raise()
    service.stop()
  }
}
