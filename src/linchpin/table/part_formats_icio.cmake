# SPDX-License-Identifier: Apache-2.0
list(APPEND TABLE_SOURCES plain_numbers.cpp read_ahead.cpp export_pymrio.cpp formats/matrix_reader.cpp
     formats/matrix_reader_member.cpp formats/matrix_reader_rows.cpp formats/oecd_icio.cpp formats/wiod2016.cpp formats/two_level.cpp
     formats/two_level_accounts.cpp formats/two_level_files.cpp formats/two_level_matrix.cpp
     formats/two_level_names.cpp formats/pymrio.cpp formats/exiobase3.cpp)
list(APPEND TABLE_HEADERS plain_numbers.h read_ahead.h export_pymrio.h formats/matrix_reader.h formats/matrix_reader_member.h
     formats/matrix_reader_rows.h formats/pymrio.h formats/two_level.h formats/two_level_matrix.h
     formats/two_level_reader.h)
