"""What a crash leaves: runs that are killed or hindered, and what stands afterwards.

`make faults` does it; `judging` says what was lost, by reading the files with programs that are not
ours, `scenes` makes the projects that are about to be run, and what undisturbed runs make of them.
"""
