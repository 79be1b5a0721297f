@echo off
rem The latchkey command, on the app's own runtime: no window and no page.
"%~dp0..\Latchkey.exe" --no-sandbox --disable-gpu --log-level=3 --command -- %*
exit /b %ERRORLEVEL%
