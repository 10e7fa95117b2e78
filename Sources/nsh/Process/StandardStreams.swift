import Glibc

/// The descriptors 0, 1 and 2 of this process.
enum StandardStreams {
  /// Fills those that were closed when the program started (`<&-`, `>&-`), before anything else is opened.
  ///
  /// Else the first socket would take such a number, and what is printed would go to a peer. Input then is at its end; writing fails
  /// as it would have, with EBADF, since what stands there can only be read.
  static func open() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      _ = Glibc.open("/dev/null", O_RDONLY)
    }
  }
}
