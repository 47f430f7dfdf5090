"""An emulator of AWS for tests that deploy to Amazon ECS on Fargate. README.md says what is faithful and what is not."""
