import Interpreter
import Synchronization
import Transport

/// Shows how far a sending or receiving is, call by call.
final class TransferTap: Tap {
  private let transfer: Mutex<Transfer>
  private let kind: Step.Kind
  private let output: (any Output)?

  init(_ name: String, of total: Int? = nil, _ kind: Step.Kind, _ machine: Machine) {
    let transfer = Transfer(name, of: total)
    self.transfer = Mutex(transfer)
    self.kind = kind
    // What jobs transfer is not shown.
    output = machine.interrupt === machine.session.interrupt ? machine.session.output : nil
    // A peer that sends nothing at all shows too.
    output?.show(transfer)
  }

  func observe(_ step: Step) {
    guard step.kind == kind, let output else { return }
    output.show(
      transfer.withLock { transfer in
        transfer.add(step.byteCount)
        return transfer
      })
  }
}
