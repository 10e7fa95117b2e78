proc run {} {
    set n 0
    set i 0
    while {$i < 10000000} {
        set n [expr {$n + $i}]
        set i [expr {$i + 1}]
    }
    if {$n != 49999995000000} { error $n }
}
run
