import Glibc

/// SIGINT, SIGTERM and SIGHUP, and the thread that takes them: a write(2) that waits on a slow reader only ends early (EINTR) if the
/// signal comes to its own thread.
public enum TerminationSignals {
  /// Lets the kernel give them to the thread that runs now, pthread_sigmask(3).
  public static func receive() { change(SIG_UNBLOCK) }

  /// Lets the kernel give them to other threads.
  public static func leave() { change(SIG_BLOCK) }

  private static func change(_ how: Int32) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(how, &signals, nil)
  }
}
