import Glibc
import Synchronization

/// The slots of a machine's variables: room for a million, of which memory is only taken as they are used.
///
/// A server makes a machine for every request. Mapping such a room and giving it back each time would cost more than a short function.
enum SlotRoom {
  /// How many variables all active calls of a thread have together at most.
  static let count = 1 << 20

  /// The addresses of rooms that nobody uses.
  private static let spare = Mutex<[UInt]>([])
  private static let maximum = 64
  /// What a spare room keeps of the memory that its machine took.
  private static let kept: UInt = 64 << 10

  /// Gives room that nobody uses, not initialised.
  static func take() -> UnsafeMutablePointer<Value?> {
    let address = spare.withLock { $0.popLast() }
    return address.flatMap { UnsafeMutablePointer(bitPattern: $0) } ?? .allocate(capacity: count)
  }

  /// Takes room back whose slots are all deinitialised.
  static func give(_ room: UnsafeMutablePointer<Value?>) {
    let address = UInt(bitPattern: room)
    let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let start = (address + kept + page - 1) / page * page
    let end = UInt(bitPattern: room + count) / page * page
    if start < end { madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_DONTNEED) }
    let isKept = spare.withLock { spare in
      guard spare.count < maximum else { return false }
      spare.append(address)
      return true
    }
    if !isKept { room.deallocate() }
  }
}
