# SPDX-License-Identifier: Apache-2.0
linchpin_test(NAME reference_nowcast LABEL reference SOURCES nowcast_world.cpp
              LIBRARIES linchpin::table)
