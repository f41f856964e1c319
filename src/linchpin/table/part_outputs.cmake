# SPDX-License-Identifier: Apache-2.0
# What leaves the program or comes from outside: exports, isolated reading, fetching.
list(APPEND TABLE_SOURCES child_process.cpp export_check.cpp export_stata.cpp export_xlsx.cpp
                          fetch.cpp http_download.cpp http_download_exchange.cpp
                          http_download_part.cpp isolated_read.cpp isolated_read_stream.cpp
                          sources_file.cpp)
list(APPEND TABLE_HEADERS child_process.h export_check.h export_stata.h export_xlsx.h fetch.h
                          http_download.h http_download_exchange.h http_download_part.h
                          isolated_read.h isolated_read_stream.h sources_file.h)
