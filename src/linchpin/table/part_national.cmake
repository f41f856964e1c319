# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_SOURCES formats/bea.cpp formats/bea_flows.cpp formats/bea_tables.cpp formats/china_nbs.cpp formats/national_flows.cpp
     formats/national_grid.cpp formats/oecd_national.cpp)
list(APPEND TABLE_HEADERS formats/bea_flows.h formats/bea_tables.h formats/national_flows.h formats/national_grid.h)
