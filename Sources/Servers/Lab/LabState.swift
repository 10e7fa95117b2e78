import Net
import Synchronization

/// Which parts of the lab are broken, and how; shared by all that serve it.
final class LabState: Sendable {
  private let sins = Mutex<[Endpoint: LabSin]>([:])

  subscript(_ part: LabPart) -> LabSin? {
    get { sins.withLock { $0[part.asked] } }
    set { sins.withLock { $0[part.asked] = newValue } }
  }
}
