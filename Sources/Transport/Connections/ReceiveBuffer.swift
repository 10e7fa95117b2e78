import CSystem

/// What a look at received bytes found.
public enum Sought: Sendable {
  /// The end: how many bytes lie before it.
  case end(Int)
  /// No end yet, and what may become one begins at this offset or later.
  case nothing(before: Int)
}

/// What a connection has received and nobody has taken yet. Searching and taking cost time linear in what came.
struct ReceiveBuffer {
  private var bytes: [UInt8] = []
  private var start = 0
  /// The mark searched for last, and up to where it is known not to begin.
  private var mark: [UInt8] = []
  private var searched = 0

  var count: Int { bytes.count - start }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ chunk: [UInt8]) {
    guard !isEmpty else {
      bytes = chunk
      start = 0
      searched = 0
      return
    }
    if start > 65_536, start > bytes.count / 2 {
      bytes.removeFirst(start)
      searched = max(0, searched - start)
      start = 0
    }
    bytes.append(contentsOf: chunk)
  }

  /// Gives how many bytes reach to the end of the first `mark`, nil if it is not there yet. An empty mark is there at once.
  mutating func length(through mark: [UInt8]) -> Int? {
    if mark != self.mark {
      self.mark = mark
      searched = start
    }
    let from = max(start, searched)
    let found = bytes.withUnsafeBytes { text -> Int64 in
      mark.withUnsafeBytes { mark in
        guard let text = text.baseAddress, let mark = mark.baseAddress else { return mark.isEmpty ? 0 : -1 }
        return nsh_find(text + from, bytes.count - from, mark, self.mark.count)
      }
    }
    guard found < 0 else { return from - start + Int(found) + mark.count }
    searched = max(start, bytes.count - mark.count + 1)
    return nil
  }

  /// Begins a search for something else.
  mutating func forgetSearch() {
    mark = []
    searched = start
  }

  /// Gives how many bytes reach to the end that a function finds; nil if it is not there yet.
  ///
  /// The function is given what waits, and from where to look: before that it said that nothing begins.
  mutating func length(_ look: (UnsafeBufferPointer<UInt8>, Int) -> Sought) -> Int? {
    let from = max(0, searched - start)
    let sought = bytes.withUnsafeBufferPointer { look(UnsafeBufferPointer(rebasing: $0[start...]), from) }
    switch sought {
    case .end(let length): return min(max(0, length), count)
    case .nothing(before: let offset):
      searched = start + min(max(from, offset), count)
      return nil
    }
  }

  /// Takes the first `limit` bytes, or as many as there are; all of them are handed over without a copy.
  mutating func take(_ limit: Int) -> [UInt8] {
    guard limit < count || start > 0 else {
      defer { self = ReceiveBuffer() }
      return bytes
    }
    let end = start + min(max(0, limit), count)
    let taken = Array(bytes[start..<end])
    start = end
    if isEmpty { self = ReceiveBuffer() }
    return taken
  }

  /// Puts bytes before all that wait: taken, and not used.
  mutating func putBack(_ taken: [UInt8]) {
    guard !taken.isEmpty else { return }
    let rest = take(count)
    append(taken)
    append(rest)
  }

  /// Gives the first `limit` bytes, or as many as there are, and leaves them.
  func peek(_ limit: Int) -> [UInt8] { Array(bytes[start..<(start + min(max(0, limit), count))]) }

  mutating func skip(_ count: Int) {
    start += min(max(0, count), self.count)
    if isEmpty { self = ReceiveBuffer() }
  }
}
