# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_SOURCES gras.cpp kras.cpp kras_operator.cpp kras_preconditioner.cpp ras.cpp
     ras_cells.cpp ras_messages.cpp ras_obstruction.cpp ras_scaling.cpp)
list(APPEND TABLE_HEADERS gras.h kras.h kras_operator.h kras_preconditioner.h ras.h ras_cells.h
     ras_messages.h ras_obstruction.h ras_scaling.h)
