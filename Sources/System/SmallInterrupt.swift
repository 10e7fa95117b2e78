import CSystem
import Net

extension Interrupt {
  /// Makes an interrupt that has one descriptor, an eventfd(2); one of two where the system has none to give.
  public static func small() -> Interrupt {
    let event = nsh_event()
    return event >= 0 ? Interrupt(owningEvent: event) : Interrupt()
  }
}
