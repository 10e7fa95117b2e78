import Glibc

/// What may stop the thread that runs now: its interrupt and its deadline, for work that is given neither.
public final class Watch {
  public let interrupt: Interrupt
  public var deadline: Deadline = .never
  private var looks: UInt32 = 0

  /// Called before the thread waits for something outside or works for long: what it printed shall be seen meanwhile.
  public var beforeWait: (() -> Void)?

  public init(_ interrupt: Interrupt) { self.interrupt = interrupt }

  /// Says that the thread that runs now is going to wait.
  public static func aboutToWait() { current?.beforeWait?() }

  /// Whether to stop; the clock is read at every 256th look.
  public var isOver: Bool {
    if interrupt.isRaised { return true }
    looks &+= 1
    return looks & 0xFF == 0 && deadline != .never && deadline.isOver
  }

  /// Whether the thread that runs now is to stop; the clock is read at every look.
  public static var isOver: Bool {
    guard let watch = current else { return false }
    return watch.interrupt.isRaised || watch.deadline != .never && watch.deadline.isOver
  }

  /// How many bytes work goes over between two looks: a few milliseconds for the slowest of what looks.
  public static let stride = 1 << 18

  /// A slot of each thread, pthread_key_create(3), that keeps its watch alive.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { watch in
      if let watch { Unmanaged<Watch>.fromOpaque(watch).release() }
    }
    return key
  }()

  /// The watch that was set last on this thread.
  public static var current: Watch? {
    get { pthread_getspecific(key).map { Unmanaged<Watch>.fromOpaque($0).takeUnretainedValue() } }
    set {
      let old = pthread_getspecific(key)
      pthread_setspecific(key, newValue.map { UnsafeRawPointer(Unmanaged.passRetained($0).toOpaque()) })
      if let old { Unmanaged<Watch>.fromOpaque(old).release() }
    }
  }
}
