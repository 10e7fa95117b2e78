import Interpreter
import Net

let spawn = Command(
  "spawn", "Runs a block beside the rest of the script and gives the job; variables are copied, connections shared.",
  Parameter<Function>.required("block", "what to run"), gives: .job,
  examples: [
    Example("let job = spawn { sleep 10ms; 6 * 7 }; wait $job", "42"),
    Example("let all = 1..3 | each {|n| spawn { $n * $n }}; $all | each {|job| wait $job}", "1\n4\n9"),
  ]
) { machine, block in .resource(try machine.spawn(block)) }

let wait = Command(
  "wait", "Waits for a job's end and gives its value; its error becomes the caller's.",
  Parameter<Job>.input("the job", named: "job"), gives: .any,
  examples: [
    Example("wait (spawn { 'done' })", "done"),
    Example("try { spawn { fail 'no luck' } | wait } catch e { $e.message }", "no luck"),
  ]
) { machine, job in try machine.wait(for: job) }

let stop = Command(
  "stop", "Stops a job; its `defer` and `finally` blocks run.",
  Parameter<Job>.input("the job", named: "job"), gives: .null,
  examples: [Example("let job = spawn { sleep 1h }; stop $job; $job.state", "stopped")]
) { _, job in
  job.close()
  return .null
}

let jobs = Command(
  "jobs", "Lists the jobs that nobody has waited for.", gives: .table,
  examples: [Example("let job = spawn { sleep 1h }; jobs | get state", "running")]
) { machine in .list(machine.session.jobs.map { .record($0.fields) }) }

extension Job: ValueConvertible {
  public static func convert(_ value: Value) throws -> Self {
    guard case .resource(let resource) = value, let job = resource as? Self else {
      throw ValueError("wrong-type", "a job is wanted here, and this is \(value.described)")
    }
    return job
  }

  public static var type: TypeName { .job }
}
