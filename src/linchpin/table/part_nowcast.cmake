# SPDX-License-Identifier: Apache-2.0
# Estimating a recent table, comparing classifications, splitting sectors.
list(APPEND TABLE_SOURCES backcast.cpp backcast_measures.cpp concordance.cpp concordance_folder.cpp national_anchor.cpp nowcast.cpp nowcast_cube.cpp
            nowcast_frame.cpp nowcast_key.cpp nowcast_rounding.cpp nowcast_seed.cpp nowcast_table.cpp split.cpp split_files.cpp split_wishes.cpp trade_cube.cpp
            trade_cube_reader.cpp)
list(APPEND TABLE_HEADERS backcast.h backcast_measures.h concordance.h concordance_folder.h national_anchor.h nowcast.h nowcast_cube.h nowcast_frame.h
            nowcast_key.h nowcast_rounding.h nowcast_seed.h nowcast_table.h split.h split_wishes.h trade_cube.h)
