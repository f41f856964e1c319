# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_SOURCES
     formats/adb_mrio.cpp formats/eora.cpp formats/eora_files.cpp formats/eora_labels.cpp formats/eora_layout.cpp
     formats/figaro.cpp formats/figaro_flat.cpp formats/gloria.cpp formats/gloria_labels.cpp
     formats/supply_use.cpp)
list(APPEND TABLE_HEADERS
     formats/eora_files.h formats/eora_labels.h formats/eora_layout.h formats/figaro_codes.h
     formats/gloria_labels.h formats/supply_use.h)
