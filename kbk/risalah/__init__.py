"""The risalah: its steps, files, completeness, handing in and returning."""
