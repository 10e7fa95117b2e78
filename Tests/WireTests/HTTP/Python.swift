import Glibc

/// The output of `python3 -c script` fed with `input`, or nil when it could not be run or failed.
///
/// Both ends are files, so that neither side can wait for the other.
func python(_ script: String, input: [UInt8]) -> [UInt8]? {
  guard let source = tmpfile(), let sink = tmpfile() else { return nil }
  defer {
    fclose(source)
    fclose(sink)
  }
  guard fwrite(input, 1, input.count, source) == input.count, fflush(source) == 0 else { return nil }
  rewind(source)
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, fileno(source), 0)
  posix_spawn_file_actions_adddup2(&actions, fileno(sink), 1)
  let words = ["python3", "-c", script]
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { word in strdup(word) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  guard posix_spawnp(&child, "python3", &actions, nil, &arguments, environ) == 0 else { return nil }
  var status: CInt = 0
  guard waitpid(child, &status, 0) == child, status == 0 else { return nil }
  rewind(sink)
  var output: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&piece, 1, piece.count, sink)
    if count == 0 { return output }
    output += piece[..<count]
  }
}
