import Interpreter

let reduce = Command(
  "reduce", "Combines all items to one value with a function of what was combined so far and the next item.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<Function>.required("function", "{|so_far x| …}"),
  Parameter<Value?>.option("from", "the value to begin with; without it that is the first item"), gives: .any,
  examples: [
    Example("1..5 | reduce {|product n| $product * $n}", "120"),
    Example("[a b c] | reduce --from '' {|text x| $x + $text}", "cba"),
  ]
) { machine, input, function, start in
  var result = start
  try Items.forEach(input, machine) { item in
    guard let soFar = result else {
      result = item
      return true
    }
    let combined = try machine.call(function, with: soFar, item).settled()
    guard combined.depth <= depthLimit else {
      throw ValueError("too-deep", "lists and records stand more than \(depthLimit) deep in each other")
    }
    result = combined
    return true
  }
  guard let result else {
    throw ValueError("empty", "there is nothing to combine", hint: "`--from` gives a value to begin with")
  }
  return result
}

let anyItem = Command(
  "any", "Tells whether a condition holds for any item, and stops the producer at the first one.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<Function>.required("condition", "a function of an item: {|x| …}, or a block that uses $in"), gives: .bool,
  examples: [Example("1.. | any {|n| $n * $n > 50}", "true"), Example("[] | any { true }", "false")]
) { machine, input, condition in
  var isFound = false
  try Items.forEach(input, machine) { item in
    isFound = try machine.test(condition, item)
    return !isFound
  }
  return .bool(isFound)
}

let allItems = Command(
  "all", "Tells whether a condition holds for all items, and stops the producer at the first that fails.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<Function>.required("condition", "a function of an item: {|x| …}, or a block that uses $in"), gives: .bool,
  examples: [Example("[2 4 6] | all {|n| $n % 2 == 0}", "true"), Example("1.. | all {|n| $n < 3}", "false")]
) { machine, input, condition in
  var holds = true
  try Items.forEach(input, machine) { item in
    holds = try machine.test(condition, item)
    return holds
  }
  return .bool(holds)
}
