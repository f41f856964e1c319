# SPDX-License-Identifier: Apache-2.0
linchpin_test(NAME reference_national LABEL reference SOURCES national_cubes.cpp national_tables.cpp
              LIBRARIES linchpin::table)
