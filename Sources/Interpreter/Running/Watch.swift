import Glibc
import Net

/// What may stop the thread that runs now: its interrupt and its deadline, for work that is given no machine.
final class Watch {
  let interrupt: Interrupt
  var deadline: Deadline = .never
  private var looks: UInt32 = 0

  init(_ interrupt: Interrupt) { self.interrupt = interrupt }

  /// Whether to stop; the clock is read at every 256th look.
  var isOver: Bool {
    if interrupt.isRaised { return true }
    looks &+= 1
    return looks & 0xFF == 0 && deadline != .never && deadline.isOver
  }

  /// The error that says why to stop.
  var error: ValueError {
    interrupt.isRaised
      ? ValueError("interrupted", "interrupted", layer: .command)
      : ValueError("timeout", "the time is over", layer: .command)
  }

  /// A slot of each thread, pthread_key_create(3), that keeps its watch alive.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { watch in
      if let watch { Unmanaged<Watch>.fromOpaque(watch).release() }
    }
    return key
  }()

  /// The watch of the machine that was made last on this thread.
  static var current: Watch? {
    get { pthread_getspecific(key).map { Unmanaged<Watch>.fromOpaque($0).takeUnretainedValue() } }
    set {
      let old = pthread_getspecific(key)
      pthread_setspecific(key, newValue.map { UnsafeRawPointer(Unmanaged.passRetained($0).toOpaque()) })
      if let old { Unmanaged<Watch>.fromOpaque(old).release() }
    }
  }
}
