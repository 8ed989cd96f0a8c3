"""Runs the work-culture contests (Gelar Budaya Kerja) of Indonesian local governments.

The program is put together in `kbk.app`. This package itself imports nothing, so that its pure
parts (`python -m kbk.seven_tools`) start without the web framework.
"""
