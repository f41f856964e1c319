# SPDX-License-Identifier: Apache-2.0
# Balancing, made-up worlds, and comparing tables.
list(APPEND TABLE_SOURCES balance.cpp balance_changes.cpp balance_frame.cpp balance_targets.cpp
     diff.cpp diff_labels.cpp diff_multipliers.cpp gras.cpp kras.cpp kras_operator.cpp
     kras_preconditioner.cpp ras.cpp ras_cells.cpp ras_messages.cpp ras_obstruction.cpp
     ras_scaling.cpp synth.cpp synth_draws.cpp targets.cpp)
list(APPEND TABLE_HEADERS balance.h balance_frame.h diff.h diff_labels.h gras.h kras.h
     kras_operator.h kras_preconditioner.h ras.h ras_cells.h ras_messages.h ras_obstruction.h
     ras_scaling.h synth.h synth_draws.h targets.h)
