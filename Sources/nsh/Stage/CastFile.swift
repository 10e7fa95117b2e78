import Net
import Stage
import Synchronization
import System

/// A recording of what a terminal shows, as it is written: an asciicast beside the file whose name it takes at the end.
///
/// After an error nothing more is written; the end tells of it.
final class CastFile: Sendable {
  private struct State {
    var file: NewFile?
    var start: Int64
    var error: FileError?
  }
  private let state: Mutex<State>

  init(_ path: String, columns: Int, rows: Int, title: String, term: String) throws(FileError) {
    let file = try NewFile(path)
    let time = Int(Timestamp.now().secondsSince1970)
    try file.write(Asciicast.header(columns: columns, rows: rows, time: time, title: title, term: term))
    state = Mutex(State(file: file, start: monotonicNow(), error: nil))
  }

  func add(_ bytes: [UInt8]) { write { Asciicast.output(bytes, at: $0) } }

  func resize(columns: Int, rows: Int) { write { Asciicast.resize(columns: columns, rows: rows, at: $0) } }

  private func write(_ event: (Int64) -> [UInt8]) {
    state.withLock { state in
      guard state.error == nil, let file = state.file else { return }
      do throws(FileError) { try file.write(event(monotonicNow() - state.start)) } catch { state.error = error }
    }
  }

  /// Gives the recording its name.
  func finish() throws(FileError) {
    let error: FileError? = state.withLock { state in
      if let error = state.error { return error }
      do throws(FileError) { try state.file?.finish() } catch { return error }
      state.file = nil
      return nil
    }
    if let error { throw error }
  }
}
