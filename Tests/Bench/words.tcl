proc run {} {
    set text {}
    for {set i 1} {$i <= 1000000} {incr i} { append text "word$i " }
    set words [split [string trimright $text]]
    if {[llength $words] != 1000000} { error [llength $words] }
    if {[lindex $words 999999] ne "word1000000"} { error last }
}
run
